#!/usr/bin/env bash
# Servers that speak the protocols of AWS, on loopback, for `./edgewright test --localstack`.
#
# JAVA_HOME is a JDK from 21 on; MAVEN the command, where it is not `mvn`.
#
#   servers.sh start FOLDER   installs them into FOLDER, once for each list of packages, starts them, and
#                             prints the options that tell the tests where they are
#   servers.sh stop FOLDER    ends what it started
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=integration-tests/src/localstack/jsonata.sh
. "$here/jsonata.sh"
verb=$1
folder=$2

say() { printf 'edgewright: %s\n' "$*" >&2; }

# The first Python of at least version 3.$1.
python_since() {
  local python
  for python in python3 python3.14 python3.13 python3.12 /usr/bin/python3 \
    "$HOME"/.pyenv/versions/3.*/bin/python3 /opt/homebrew/bin/python3; do
    if command -v "$python" >/dev/null &&
      "$python" -c "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, $1))" 2>/dev/null; then
      command -v "$python"
      return 0
    fi
  done
  return 1
}

# An environment with the packages of list $1 for a Python since 3.$2; prints its folder. More options of
# `pip install` follow.
environment() {
  local python venv
  python=$(python_since "$2") || { say "$1 needs Python 3.$2 or newer"; return 1; }
  venv=$folder/$1-$(sha256sum "$here/$1.txt" | cut -c1-16)
  if [ ! -e "$venv/complete" ]; then
    say "installing $1 (log: $folder/$1-install.log)"
    rm -rf "$venv"
    "$python" -m venv "$venv" >"$folder/$1-install.log" 2>&1
    "$venv/bin/pip" install -q -r "$here/$1.txt" "${@:3}" >>"$folder/$1-install.log" 2>&1 ||
      { say "$1 could not be installed"; return 1; }
    touch "$venv/complete"
  fi
  printf '%s' "$venv"
}

free_port() {
  "$(python_since 8)" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Waits until address $1 answers, as long as process $2 lives.
await() {
  while kill -0 "$2" 2>/dev/null; do
    if curl -s -o /dev/null --max-time 5 "$1"; then return 0; fi
    sleep 0.5
  done
  return 1
}

start_moto() {
  local venv port
  venv=$(environment moto 8) || return 0
  port=$(free_port)
  "$venv/bin/moto_server" -H 127.0.0.1 -p "$port" >"$folder/moto.log" 2>&1 </dev/null &
  echo $! >"$folder/moto.pid"
  if await "http://127.0.0.1:$port/moto-api/" $!; then
    printf -- '-Dedgewright.aws.endpoint=http://127.0.0.1:%s\n' "$port"
  else
    say "moto did not start (log: $folder/moto.log)"
  fi
}

start_localstack() {
  local venv port root=$folder/localstack-files libraries=$folder/localstack-files/var/lib/localstack/lib
  venv=$(environment localstack 13 --no-deps) || return 0
  mkdir -p "$libraries/java"
  # Any Java from 21 on does.
  ln -sfn "$JAVA_HOME" "$libraries/java/21"
  jsonata_jars "$libraries/jsonata/0.9.7" >"$folder/jsonata.log" 2>&1 ||
    { say "JSONata could not be fetched (log: $folder/jsonata.log)"; return 0; }
  port=$(free_port)
  GATEWAY_LISTEN=127.0.0.1:$port LOCALSTACK_HOST=127.0.0.1:$port DISABLE_EVENTS=1 SKIP_SSL_CERT_DOWNLOAD=1 \
    SERVICES=s3,stepfunctions,kms,apigateway,sts,iam,logs,events,cloudformation,lambda \
    OVERRIDE_IN_DOCKER=0 FILESYSTEM_ROOT="$root" \
    SFN_MOCK_CONFIG="$here/../../../functions/src/test/resources/io/edgewright/functions/workflow/cases.json" \
    "$venv/bin/python" -m localstack.runtime.main >"$folder/localstack.log" 2>&1 </dev/null &
  echo $! >"$folder/localstack.pid"
  if await "http://127.0.0.1:$port/_localstack/health" $!; then
    printf -- '-Dedgewright.localstack.endpoint=http://127.0.0.1:%s\n' "$port"
  else
    say "LocalStack did not start (log: $folder/localstack.log)"
  fi
}

# No others: the container engine notes its number in the same folder.
stop() {
  local pid
  for pid in "$folder/moto.pid" "$folder/localstack.pid"; do
    if [ -e "$pid" ]; then
      kill "$(cat "$pid")" 2>/dev/null || true
      rm -f "$pid"
    fi
  done
}

mkdir -p "$folder"
case $verb in
  start)
    stop
    start_moto
    start_localstack
    ;;
  stop) stop ;;
  *) say "usage: servers.sh start|stop FOLDER"; exit 2 ;;
esac
