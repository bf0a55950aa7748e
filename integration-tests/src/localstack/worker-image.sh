#!/usr/bin/env bash
# Builds the workers' image (functions/src/main/docker/worker) of a built project and prints its name. The
# name has the digest of all that goes in, so an image is built once. Where no registry gives what the recipe
# starts from, that is made of Debian's packages and the JDK in JAVA_HOME.
#
#   worker-image.sh PROJECT
#
# Exit status 3: what the recipe starts from cannot be had here; stderr says why.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=integration-tests/src/localstack/images.sh
. "$here/images.sh"

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

# What argument $1 of the recipe is unless given.
named() { sed -n "s/^ARG $1=//p" "$recipe/Dockerfile"; }

# Sets base and jdk: both from a registry, or both made here.
choose() {
  base=$(named BASE)
  jdk=$(named JDK)
  if ! obtain "$base" || ! obtain "$jdk"; then
    base=$(debian_image edgewright-debian bookworm) && jdk=$(jdk_image "$base")
  fi
}

# A name from a registry may come to mean another image: what it means here counts.
digest() {
  { docker image inspect -f '{{.Id}}' "$base" "$jdk"; cat "$here/images.sh" "$here/worker-image.sh"; contents "$context"; } |
    short_digest
}

gather
choose 2>"$log" || { status=$?; say "$(tail -n 1 "$log") (log: $log)"; exit "$status"; }
name=edgewright-worker:$(digest)
have "$name" || build_image "$name" "$context" --build-arg BASE="$base" --build-arg JDK="$jdk" 2>>"$log" ||
  { say "the workers' image could not be built; see $log"; exit 1; }
printf '%s\n' "$name"
