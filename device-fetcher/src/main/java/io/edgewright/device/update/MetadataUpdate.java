package io.edgewright.device.update;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Store;
import io.edgewright.device.trust.TargetFile;
import io.edgewright.device.trust.TrustedMetadata;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Takes an answer's metadata through the rules, and keeps what they accepted. */
final class MetadataUpdate {
  private final Store store;
  private final Enrolment enrolment;
  private final TrustedMetadata trusted;

  MetadataUpdate(Store store, Enrolment enrolment, Instant now) {
    this.store = store;
    this.enrolment = enrolment;
    byte[] root =
        store
            .metadata("root")
            .orElseThrow(() ->
                new DeviceException(
                    DeviceErrorCode.HOME_DAMAGED,
                    "metadata `root`",
                    "missing",
                    "the root that was trusted at enrolment",
                    "move the home folder away and enrol the device again with a new claim"));
    this.trusted = TrustedMetadata.startingAt(root, now);
  }

  long rootVersion() {
    return trusted.rootVersion();
  }

  Instant freshUntil() {
    return trusted.freshUntil();
  }

  /** The bundle that this device should run, if any; believed from here on. */
  Optional<TargetFile> accept(DesiredAnswer answer) {
    try {
      acceptRoots(answer);
      trusted.recall(store.metadata("timestamp"), store.metadata("snapshot"));
      trusted.updateTimestamp(answer.file("timestamp"));
      trusted.updateSnapshot(answer.file("snapshot"));
    } finally {
      // What was accepted counts even when the rest is refused: versions must not go back.
      trusted.files().forEach(this::keep);
    }
    trusted.updateTargets(answer.file("targets"));
    if (trusted.lists(enrolment.role())) {
      trusted.updateDelegated(enrolment.role(), answer.file(enrolment.role()));
    }
    Optional<TargetFile> found = find();
    answer.bundle().ifPresent(link -> checkLink(link, found));
    found.flatMap(TargetFile::target).ifPresent(this::checkTarget);
    return found;
  }

  /** The candidate where the signed metadata makes this device a canary, else what all run. */
  private Optional<TargetFile> find() {
    return trusted
        .find(enrolment.candidatePath())
        .filter(
            file -> file.rollout().filter(who -> who.includes(enrolment.deviceId())).isPresent())
        .or(() -> trusted.find(enrolment.bundlePath()));
  }

  private void acceptRoots(DesiredAnswer answer) {
    if (answer.roots().size() > TrustedMetadata.MOST_ROOTS) {
      throw new DeviceException(
          DeviceErrorCode.METADATA_TOO_LARGE,
          "metadata `root`",
          answer.roots().size() + " new versions at once",
          "at most " + TrustedMetadata.MOST_ROOTS,
          "nothing was changed on this device; the service should send fewer at a time");
    }
    answer.roots().forEach(trusted::updateRoot);
  }

  private void keep(String role, byte[] file) {
    boolean known = store.metadata(role).filter(old -> Arrays.equals(old, file)).isPresent();
    if (!known) {
      store.saveMetadata(role, file);
    }
  }

  /** The address is not signed, so it may only ever lead to what is. */
  private void checkLink(DesiredAnswer.Link link, Optional<TargetFile> found) {
    String signed = found.map(TargetFile::path).orElse("none");
    if (!link.path().equals(signed)) {
      throw untrusted(
          "offered as `" + link.path() + "`", "the path that is signed for this device: " + signed);
    }
  }

  private void checkTarget(String target) {
    if (!target.equals(enrolment.target())) {
      throw untrusted("compiled for `" + target + "`", "`" + enrolment.target() + "`");
    }
  }

  private DeviceException untrusted(String seen, String allowed) {
    return new DeviceException(
        DeviceErrorCode.TARGET_UNTRUSTED,
        "bundle `" + enrolment.bundlePath() + "`",
        seen,
        allowed,
        "nothing was changed on this device; if this lasts, tell whoever runs the service");
  }
}
