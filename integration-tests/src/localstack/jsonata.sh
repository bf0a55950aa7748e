# shellcheck shell=bash
# What LocalStack would fetch when it first meets JSONata; sourced. MAVEN is the command, where it is not `mvn`.

# Puts the jars into folder $1, once.
jsonata_jars() {
  local artifact
  [ ! -e "$1/complete" ] || return 0
  for artifact in com.dashjoin:jsonata:0.9.7 com.fasterxml.jackson.core:jackson-core:2.16.2 \
    com.fasterxml.jackson.core:jackson-annotations:2.16.2 com.fasterxml.jackson.core:jackson-databind:2.16.2; do
    "${MAVEN:-mvn}" -q -B dependency:copy -Dartifact="$artifact" -DoutputDirectory="$1" </dev/null || return 1
  done
  touch "$1/complete"
}
