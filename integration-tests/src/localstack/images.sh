# shellcheck shell=bash
# What the scripts that build images for the tests share; they source it. Functions that print a name print
# nothing else: what they run, and why they fail, is on stderr. Status 3: cannot be had on this machine.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

say() { printf 'edgewright: %s\n' "$*" >&2; }

have() { docker image inspect "$1" >/dev/null 2>&1; }

# Whether image $1 is here or a registry gives it.
obtain() { have "$1" || docker pull -q "$1" >&2; }

# What a name has of the text on stdin.
short_digest() { sha256sum | cut -c1-16; }

# The names and contents of all files in folder $1.
contents() { (cd "$1" && find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2); }

# Sets base and jdk, the images that the recipe in folder $1 starts from: those that it names, where a registry
# gives both; else what stands for them is made here, Debian by the name $2 in release $3 with more packages,
# and the JDK on top.
find_bases() {
  base=$(sed -n 's/^ARG BASE=//p' "$1/Dockerfile")
  jdk=$(sed -n 's/^ARG JDK=//p' "$1/Dockerfile")
  if ! obtain "$base" || ! obtain "$jdk"; then
    base=$(debian_image "${@:2}") && jdk=$(jdk_image "$base")
  fi
}

# Prints the name of image $1 of the context in folder $2, upon base and jdk, as script $3 makes it; more options
# of `docker build` follow. The name has the digest of all that, so an image is built once. A name from a registry
# may come to mean another image: what it means here counts.
build_once() {
  local name
  name=$1:$({
    docker image inspect -f '{{.Id}}' "$base" "$jdk"
    cat "$here/images.sh" "$3"
    contents "$2"
  } | short_digest)
  have "$name" || build_image "$name" "$2" --build-arg BASE="$base" --build-arg JDK="$jdk" "${@:4}" || return 1
  printf '%s\n' "$name"
}

# Builds image $1 of the context in folder $2; more options of `docker build` follow. A step may reach what the
# machine reaches, with or without a bridge network.
build_image() {
  local name=$1 context=$2
  shift 2
  docker build --force-rm --network=host --build-arg http_proxy --build-arg https_proxy "$@" -t "$name" "$context" >&2 || return 1
  remove_older "$name"
}

# Removes the images that have the name of $1 with another digest, but for those in use, and the stages of
# `docker build` that are labelled as that name's.
remove_older() {
  local older repository=${1%:*}
  for older in $(docker image ls --format '{{.Repository}}:{{.Tag}}' "$repository"); do
    [ "$older" = "$1" ] || docker image rm "$older" >&2 || true
  done
  docker image prune -f --filter "label=stage-of=$repository" >&2 || true
}

# Prints the name of image $1 of Debian release $2, such as bookworm, made of Debian's packages alone; the
# names of packages that it is to have besides the essential ones follow.
debian_image() {
  local name
  name=$1:$({ declare -f import_debian; echo "$@"; } | short_digest)
  if ! have "$name"; then
    if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
      echo "no registry gives Debian's image, and only root can make one, with debootstrap" >&2
      return 3
    fi
    import_debian "$name" "${@:2}" >&2 || return 1
    remove_older "$name"
  fi
  printf '%s' "$name"
}

import_debian() ( # NAME RELEASE PACKAGE...
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  debootstrap --variant=minbase ${3:+--include="$(IFS=,; echo "${*:3}")"} "$2" "$root" &&
    tar -C "$root" --exclude=./dev --exclude=./proc --exclude='./var/cache/apt/*.bin' --exclude='*.deb' \
      --exclude='./var/lib/apt/lists/*_*' --exclude=./usr/share/doc --exclude=./usr/share/locale -c . | docker import - "$1"
)

# Prints the name of image $1 with the JDK in JAVA_HOME, at /opt/jdk and on the PATH.
jdk_image() {
  local name
  name=${1%:*}-jdk:$({ declare -f add_jdk; echo "$1"; cat "$JAVA_HOME/release"; } | short_digest)
  have "$name" || add_jdk "$name" "$1" || return 1
  printf '%s' "$name"
}

add_jdk() ( # NAME BASE
  context=$(mktemp -d)
  trap 'rm -rf "$context"' EXIT
  mkdir "$context/jdk"
  printf 'FROM %s\nCOPY jdk /opt/jdk\nENV JAVA_HOME=/opt/jdk PATH=/opt/jdk/bin:/usr/sbin:/usr/bin:/sbin:/bin\n' "$2" \
    >"$context/Dockerfile"
  # A JDK of Debian's packages has links to files outside of it.
  tar -C "$JAVA_HOME" --exclude=./lib/src.zip --dereference -c . | tar -C "$context/jdk" -x &&
    build_image "$1" "$context"
)
