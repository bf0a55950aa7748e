#!/usr/bin/env bash
# Builds the workers' image (functions/src/main/docker/worker) of a built project and prints its name. The
# name has the digest of all that goes in, so an image is built once. Where no registry gives what the recipe
# starts from, that is made of Debian's packages and the JDK in JAVA_HOME.
#
#   worker-image.sh PROJECT
#
# Exit status 3: what the recipe starts from cannot be had here; stderr says why.
set -euo pipefail

# shellcheck source=integration-tests/src/localstack/images.sh
. "$(dirname "${BASH_SOURCE[0]}")/images.sh"

project=$1
recipe=$project/functions/src/main/docker/worker
context=$project/target/worker-image
log=$project/target/worker-image.log

# The jars that the stack packs too: all but the embedded service's database and interpreter.
gather() {
  local jar
  rm -rf "$context"
  mkdir -p "$context/lib"
  cp "$recipe"/* "$context"
  for jar in "$project/functions/target/functions.jar" $(tr ':' ' ' <"$project/functions/target/runtime.classpath"); do
    case ${jar##*/} in sqlite-jdbc-* | jsonata-*) ;; *) cp "$jar" "$context/lib" ;; esac
  done
}

gather
find_bases "$recipe" edgewright-debian bookworm 2>"$log" || { status=$?; say "$(tail -n 1 "$log") (log: $log)"; exit "$status"; }
build_once edgewright-worker "$context" "$0" 2>>"$log" || { say "the workers' image could not be built; see $log"; exit 1; }
