#!/bin/sh
# Installs the device fetcher on a device, as root:
#
#   sudo ./install.sh --service https://edge.example --claim TOKEN --target raspberry-pi-4 [--name NAME]
#   sudo ./install.sh                 the program and its services alone, for instance to update them
#   sudo ./install.sh --root FOLDER   into the image of a device rather than into this machine
#
# device-fetcher.jar is taken from beside this script or from the project's build. Needs systemd and a
# Java of 17 or newer (`apt install default-jre-headless`).
set -eu

say() { printf 'install.sh: %s\n' "$*" >&2; }
die() { say "$*"; exit 2; }

here=$(cd "$(dirname "$0")" && pwd -P)
root= service= claim= target= name=
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || die "$1: no such option, or without its value"
  case $1 in
    --root) root=$2 ;;
    --service) service=$2 ;;
    --claim) claim=$2 ;;
    --target) target=$2 ;;
    --name) name=$2 ;;
    *) die "$1: no such option; there are --service, --claim, --target, --name, --root" ;;
  esac
  shift 2
done
case "${service:+s}${claim:+c}${target:+t}" in
  "" | sct) ;;
  *) die "enrolling takes all three of --service, --claim and --target" ;;
esac
[ -z "$root" ] || [ -z "$service" ] || die "a device enrols itself: --root goes without --service"
[ -n "$root" ] || [ "$(id -u)" = 0 ] || die "must run as root"

jar=
for place in "$here/device-fetcher.jar" "$here/../target/device-fetcher.jar"; do
  if [ -r "$place" ]; then jar=$place; break; fi
done
[ -n "$jar" ] || die "device-fetcher.jar is not beside this script; ./edgewright build makes it"
[ -n "$root" ] || command -v java >/dev/null || die "needs Java: apt install default-jre-headless"

# Copied beside and renamed: an update that is cut off leaves the old file or the new one.
put() { # MODE SOURCE DESTINATION
  mkdir -p "$root$(dirname "$3")"
  install -m "$1" "$2" "$root$3.new"
  sync "$root$3.new"
  mv "$root$3.new" "$root$3"
}
put 644 "$jar" /usr/lib/edgewright/device-fetcher.jar
put 755 "$here/edgewright-device" /usr/bin/edgewright-device
put 644 "$here/edgewright-sync.service" /etc/systemd/system/edgewright-sync.service
put 644 "$here/edgewright-run.service" /etc/systemd/system/edgewright-run.service
[ -e "$root/etc/default/edgewright-device" ] ||
  put 644 "$here/edgewright-device.default" /etc/default/edgewright-device
[ -z "$root" ] || exit 0

systemctl daemon-reload
if [ -n "$service" ]; then
  # As the user and with the folder that the services have: the key never belongs to anybody else.
  systemd-run --quiet --pipe --wait --collect -p DynamicUser=yes -p User=edgewright \
    -p StateDirectory=edgewright -p StateDirectoryMode=0700 -p UMask=0077 \
    /usr/bin/edgewright-device enroll --service "$service" --claim "$claim" --target "$target" \
    --name "${name:-$(hostname)}"
fi
if [ -e /var/lib/private/edgewright/enrolment.json ]; then
  systemctl enable --quiet edgewright-sync.service
  systemctl restart edgewright-sync.service
  systemctl try-restart edgewright-run.service
  say "the device is kept up to date; for its frames see /etc/default/edgewright-device, then:"
  say "systemctl enable --now edgewright-run"
else
  say "installed; enrol the device with --service, --claim and --target"
fi
