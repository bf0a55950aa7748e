#!/usr/bin/env bash
# Builds the workers' image (functions/src/main/docker/worker) of a built project and prints its name. The
# name has the digest of all that goes in, so an image is built once. Where no registry can be reached, what
# the recipe starts from is made of Debian's packages and the JDK in JAVA_HOME.
#
#   worker-image.sh PROJECT
set -euo pipefail

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

digest() { (cd "$context" && find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-16); }

have() { docker image inspect "$1" >/dev/null 2>&1; }

make_base() {
  local root
  root=$(mktemp -d)
  debootstrap --variant=minbase bookworm "$root"
  tar -C "$root" --exclude=./dev --exclude=./proc --exclude=./var/cache --exclude=./var/lib/apt/lists \
    --exclude=./usr/share/doc --exclude=./usr/share/locale -c . | docker import - edgewright-debian:12
  rm -rf "$root"
}

make_jdk() {
  local folder
  folder=$(mktemp -d)
  mkdir "$folder/emulators"
  cp -rL "$JAVA_HOME" "$folder/jdk"
  (cd "$folder" && apt-get download -o APT::Sandbox::User=root qemu-user-static && dpkg-deb -x qemu-user-static_*.deb emulators)
  printf 'FROM edgewright-debian:12\nCOPY jdk /opt/jdk\nCOPY emulators /\nENV PATH=/opt/jdk/bin:/usr/bin:/bin\n' >"$folder/Dockerfile"
  docker build --network=none -t edgewright-jdk:25 "$folder"
  rm -rf "$folder"
}

gather
name=edgewright-worker:$(digest)
if ! have "$name"; then
  {
    if have debian:12-slim || docker pull -q debian:12-slim; then
      docker build -t "$name" "$context"
    else
      have edgewright-debian:12 || make_base
      have edgewright-jdk:25 || make_jdk
      docker build --network=none -t "$name" --build-arg BASE=edgewright-debian:12 --build-arg JDK=edgewright-jdk:25 "$context"
    fi
  } >"$log" 2>&1 || { echo "the workers' image could not be built; see $log" >&2; exit 1; }
fi
printf '%s\n' "$name"
