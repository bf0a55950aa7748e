#!/usr/bin/env bash
# Builds LocalStack's image for the tests (image/Dockerfile) and prints its name. The name has the digest of all
# that goes in, so an image is built once. Where no registry gives what the recipe starts from, that is made of
# the packages of Debian and PyPI and the JDK in JAVA_HOME.
#
#   localstack-image.sh FOLDER    works in FOLDER
#
# Exit status 3: what the recipe starts from cannot be had here; stderr says why.
set -euo pipefail

# shellcheck source=integration-tests/src/localstack/images.sh
. "$(dirname "${BASH_SOURCE[0]}")/images.sh"
# shellcheck source=integration-tests/src/localstack/jsonata.sh
. "$here/jsonata.sh"

folder=$1
recipe=$here/image
context=$folder/localstack-image
log=$folder/localstack-image.log

# The authorities that this machine trusts: its network may have one of its own.
certificates() {
  local file
  for file in "${PIP_CERT:-}" "${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem; do
    if [ -r "$file" ]; then cat "$file"; return 0; fi
  done
}

gather() {
  rm -rf "$context"
  mkdir -p "$context"
  cp -R "$recipe"/. "$context"
  find "$context" -name __pycache__ -prune -exec rm -rf {} +
  cp "$here/localstack.txt" "$context/requirements.txt"
  certificates >"$context/certificates.pem"
  jsonata_jars "$folder/jsonata" >"$log" 2>&1 || { say "JSONata could not be fetched (log: $log)"; exit 1; }
  cp -R "$folder/jsonata" "$context/jsonata"
}

mkdir -p "$folder"
gather
find_bases "$recipe" edgewright-localstack-debian trixie python3 python3-venv ca-certificates 2>>"$log" ||
  { status=$?; say "$(tail -n 1 "$log") (log: $log)"; exit "$status"; }
build_once edgewright-localstack "$context" "$0" --build-arg PIP_INDEX_URL 2>>"$log" ||
  { say "LocalStack's image could not be built; see $log"; exit 1; }
