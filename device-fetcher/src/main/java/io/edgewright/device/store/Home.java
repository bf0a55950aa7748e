package io.edgewright.device.store;

import java.nio.file.Path;

/** Where things are in the home folder. */
public record Home(Path folder) {

  Path key() {
    return folder.resolve("device.key");
  }

  /** The key that is to take its place, while the service has not agreed to it. */
  Path nextKey() {
    return folder.resolve("device.key.next");
  }

  Path enrolment() {
    return folder.resolve("enrolment.json");
  }

  Path state() {
    return folder.resolve("state.json");
  }

  Path slots() {
    return folder.resolve("slots.json");
  }

  Path metadataFolder() {
    return folder.resolve("metadata");
  }

  Path metadata(String role) {
    return metadataFolder().resolve(role + ".json");
  }

  Path reports() {
    return folder.resolve("reports");
  }

  Path downloads() {
    return folder.resolve("downloads");
  }

  /** What of the day's bytes has been spent. */
  public Path budget() {
    return folder.resolve("budget.json");
  }

  Path bundles() {
    return folder.resolve("bundles");
  }

  /** The unpacked bundle with this digest. */
  public Path bundle(String sha256) {
    return bundles().resolve(sha256);
  }

  /** Results that wait to be sent. */
  public Path results() {
    return folder.resolve("results");
  }

  /** What the running model costs. */
  public Path runDiary() {
    return folder.resolve("run.json");
  }

  /** Bytes and wakes of the radio. */
  public Path trafficDiary() {
    return folder.resolve("traffic.json");
  }

  Path lock(String name) {
    return folder.resolve(name + ".lock");
  }
}
