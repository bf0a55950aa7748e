#!/usr/bin/env bash
# The container engine that Testcontainers drives: the one that answers, else a dockerd of our own.
#
#   engine.sh start FOLDER   starts dockerd where no engine answers; prints what Testcontainers needs in its
#                            environment, as lines NAME=VALUE. Fails, with the reason, where none can be had
#   engine.sh stop FOLDER    ends that dockerd, and no other
#
# FOLDER holds the number of its process and its log.
set -euo pipefail

verb=${1:-}
folder=${2:-}
pid_file=$folder/dockerd.pid
log=$folder/dockerd.log

# Testcontainers' cleaner, in the release that Testcontainers' own release names.
cleaner=testcontainers/ryuk:0.14.0

say() { printf 'edgewright: %s\n' "$*" >&2; }

answers() { docker info >/dev/null 2>&1; }

# Whether the process that we noted is a dockerd still: numbers of processes come again.
ours_lives() { [ -r "$pid_file" ] && [ "$(cat "/proc/$(cat "$pid_file")/comm" 2>/dev/null)" = dockerd ]; }

# Starts dockerd with these options and waits until it answers, for a minute and as long as it lives.
launch() {
  local waited
  dockerd "$@" >>"$log" 2>&1 </dev/null &
  echo $! >"$pid_file"
  for ((waited = 0; waited < 120; waited++)); do
    if answers; then return 0; fi
    if ! kill -0 $! 2>/dev/null; then return 1; fi
    sleep 0.5
  done
  return 1
}

start() {
  if answers; then return 0; fi
  stop
  if ! command -v docker >/dev/null; then say "no container engine: docker is not installed"; return 1; fi
  if [ -n "${DOCKER_HOST:-}" ]; then say "no container engine answers at DOCKER_HOST, $DOCKER_HOST"; return 1; fi
  if [ "$(id -u)" != 0 ] || ! command -v dockerd >/dev/null; then
    say "no container engine answers, and only root can start one, with dockerd: $(docker ps -q 2>&1 >/dev/null | tail -n 1)"
    return 1
  fi
  say "starting a container engine (log: $log)"
  : >"$log"
  if launch; then return 0; fi
  stop
  # Where dockerd may not set up networks: containers in the host's network do without.
  if launch --iptables=false --ip6tables=false --bridge=none; then return 0; fi
  stop
  say "dockerd did not start: $(tail -n 1 "$log")"
  return 1
}

# Whether Testcontainers would run a container, of an image that a registry has, to learn where containers'
# ports are: it does so inside of a container, where the bridge does not name its gateway.
searches_for_ports() {
  local gateway
  case ${DOCKER_HOST:-unix:} in unix:*) ;; *) return 1 ;; esac
  gateway=$(docker network inspect -f '{{range .IPAM.Config}}{{.Gateway}}{{end}}' bridge 2>/dev/null || true)
  [ -e /.dockerenv ] && [ -z "$gateway" ]
}

# Whether its cleaner can run: its image is here, or to be had, and it has a port of its own on a bridge.
cleaner_runs() {
  docker network inspect bridge >/dev/null 2>&1 &&
    { docker image inspect "$cleaner" >/dev/null 2>&1 || docker pull -q "$cleaner" >/dev/null 2>&1; }
}

testcontainers_environment() {
  if searches_for_ports; then printf 'TESTCONTAINERS_HOST_OVERRIDE=localhost\n'; fi
  if ! cleaner_runs; then printf 'TESTCONTAINERS_RYUK_DISABLED=true\n'; fi
}

# Returns when it has ended, so that another may start at once.
stop() {
  local waited
  if ours_lives; then
    kill "$(cat "$pid_file")" 2>/dev/null || true
    for ((waited = 0; waited < 60; waited++)); do
      ours_lives || break
      sleep 0.5
    done
  fi
  rm -f "$pid_file"
}

case $verb:$# in
  start:2)
    mkdir -p "$folder"
    start
    testcontainers_environment
    ;;
  stop:2) stop ;;
  *) say "usage: engine.sh start|stop FOLDER"; exit 2 ;;
esac
