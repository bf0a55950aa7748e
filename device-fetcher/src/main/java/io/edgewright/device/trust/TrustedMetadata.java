package io.edgewright.device.trust;

import io.edgewright.device.errors.DeviceException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which metadata is trusted. Section numbers are those of the TUF specification, 1.0.34.
 *
 * <p>A file that was accepted stays accepted when a later one is refused: a new root counts even if
 * everything under it is broken. The time is fixed when the decider is made (5.1).
 */
public final class TrustedMetadata {
  /** How many new roots one update may bring (5.3.3); more is endless data. */
  public static final int MOST_ROOTS = 64;

  private final Instant now;
  private RootMetadata root;
  private @Nullable TimestampMetadata timestamp;
  private @Nullable SnapshotMetadata snapshot;
  private @Nullable TargetsMetadata targets;
  private @Nullable TargetsMetadata delegated;
  private @Nullable SnapshotMetadata knownSnapshot;

  private TrustedMetadata(RootMetadata root, Instant now) {
    this.root = root;
    this.now = now;
  }

  /** Starts from a root that is already trusted: from enrolment, or from the last update. */
  public static TrustedMetadata startingAt(byte[] trustedRoot, Instant now) {
    RootMetadata root = RootMetadata.read(trustedRoot);
    root.root().check(root.envelope());
    return new TrustedMetadata(root, now);
  }

  /** 5.3: the next root is signed by the keys of this one and by its own, and is the very next. */
  public void updateRoot(byte[] raw) {
    RootMetadata next = RootMetadata.read(raw);
    root.root().check(next.envelope());
    if (next.version() != root.version() + 1) {
      throw Refusal.rollback(
          "root", "version " + next.version(), "version " + (root.version() + 1));
    }
    next.root().check(next.envelope());
    root = next;
  }

  /**
   * Recalls a timestamp and a snapshot that were trusted before, so that neither can go back. After
   * a key was replaced in the root, what it signed is forgotten: that is how a service recovers
   * from a thief who published version 9,000,000 (5.3.11). A file that was damaged on the disk is
   * forgotten too; its expiry and the clock floor still hold off what is old.
   */
  public void recall(Optional<byte[]> oldTimestamp, Optional<byte[]> oldSnapshot) {
    timestamp =
        oldTimestamp
            .flatMap(raw -> readable(raw, TimestampMetadata::read))
            .filter(old -> root.timestamp().isMetBy(old.envelope()))
            .orElse(null);
    knownSnapshot =
        oldSnapshot
            .flatMap(raw -> readable(raw, SnapshotMetadata::read))
            .filter(old -> root.snapshot().isMetBy(old.envelope()))
            .orElse(null);
  }

  /** 5.4. A timestamp of the version that is already trusted changes nothing (5.4.3.1). */
  public void updateTimestamp(byte[] raw) {
    root.envelope().checkFresh(now);
    TimestampMetadata next = TimestampMetadata.read(raw);
    root.timestamp().check(next.envelope());
    TimestampMetadata known = timestamp;
    if (known != null) {
      if (next.version() < known.version()) {
        throw Refusal.rollback(
            "timestamp", "version " + next.version(), "at least " + known.version());
      }
      if (next.version() == known.version()) {
        next = known;
      }
      if (next.snapshot().version() < known.snapshot().version()) {
        throw Refusal.rollback(
            "timestamp",
            "snapshot version " + next.snapshot().version(),
            "at least " + known.snapshot().version());
      }
    }
    next.envelope().checkFresh(now);
    timestamp = next;
  }

  /** 5.5: the very snapshot that the timestamp names, in which no file went back. */
  public void updateSnapshot(byte[] raw) {
    FileReference expected = inOrder(timestamp, "timestamp").snapshot();
    SnapshotMetadata known = knownSnapshot;
    SnapshotMetadata next;
    if (known != null && known.version() == expected.version()) {
      next = known;
    } else {
      expected.checkBytes(raw, "snapshot");
      next = SnapshotMetadata.read(raw);
      root.snapshot().check(next.envelope());
      expected.checkVersion(next.envelope());
      if (known != null) {
        known.checkSuccessor(next);
      }
    }
    next.envelope().checkFresh(now);
    snapshot = next;
    knownSnapshot = next;
  }

  /** 5.6: the very targets file that the snapshot names. */
  public void updateTargets(byte[] raw) {
    targets = readTargets(raw, "targets", root.targets());
  }

  /** 5.6.7, one level: a role that the targets file delegates to. */
  public void updateDelegated(String role, byte[] raw) {
    TargetsMetadata.Delegation delegation =
        inOrder(targets, "targets")
            .delegation(role)
            .orElseThrow(
                () -> Refusal.mismatch(role, "a role of that name", "a role that is delegated to"));
    delegated = readTargets(raw, role, delegation.keys());
  }

  /** Whether the snapshot lists that role at all; where it does, its file must be shown. */
  public boolean lists(String role) {
    return inOrder(snapshot, "snapshot").reference(role).isPresent();
  }

  /**
   * The bundle at a path. The targets file itself speaks first, then the first role that the path
   * is delegated to, and nobody after that.
   */
  public Optional<TargetFile> find(String path) {
    TargetsMetadata top = inOrder(targets, "targets");
    Optional<TargetFile> own = top.target(path);
    if (own.isPresent()) {
      return own;
    }
    TargetsMetadata role = delegated;
    Optional<TargetFile> found = role == null ? Optional.empty() : role.target(path);
    if (role == null || found.isEmpty()) {
      return Optional.empty();
    }
    String entitled =
        top.delegations().stream()
            .filter(delegation -> delegation.covers(path))
            .findFirst()
            .map(TargetsMetadata.Delegation::role)
            .orElse("no role");
    if (!entitled.equals(role.envelope().role())) {
      throw Refusal.untrusted(
          path, "signed by `" + role.envelope().role() + "`", "signed by `" + entitled + "`");
    }
    return found;
  }

  public long rootVersion() {
    return root.version();
  }

  /** When the first of the trusted files expires: "nothing new" can be believed until then. */
  public Instant freshUntil() {
    Stream<Envelope> trusted =
        Stream.of(
                Optional.of(root.envelope()),
                Optional.ofNullable(timestamp).map(TimestampMetadata::envelope),
                Optional.ofNullable(snapshot).map(SnapshotMetadata::envelope),
                Optional.ofNullable(targets).map(TargetsMetadata::envelope),
                Optional.ofNullable(delegated).map(TargetsMetadata::envelope))
            .flatMap(Optional::stream);
    return trusted.map(Envelope::expires).min(Comparator.naturalOrder()).orElse(Instant.MIN);
  }

  /** The trusted files by role, to be kept for the next time. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("root", root.envelope().raw());
    if (timestamp != null) {
      files.put("timestamp", timestamp.envelope().raw());
    }
    if (knownSnapshot != null) {
      files.put("snapshot", knownSnapshot.envelope().raw());
    }
    return files;
  }

  private TargetsMetadata readTargets(byte[] raw, String role, RoleKeys keys) {
    FileReference expected =
        inOrder(snapshot, "snapshot")
            .reference(role)
            .orElseThrow(() ->
                Refusal.mismatch(role, "a file that is not listed", "a file of the snapshot"));
    expected.checkBytes(raw, role);
    TargetsMetadata next = TargetsMetadata.read(raw, role);
    keys.check(next.envelope());
    expected.checkVersion(next.envelope());
    next.envelope().checkFresh(now);
    return next;
  }

  private static <T> Optional<T> readable(byte[] raw, Function<byte[], T> reader) {
    try {
      return Optional.of(reader.apply(raw));
    } catch (DeviceException exception) {
      return Optional.empty();
    }
  }

  private static <T> T inOrder(@Nullable T earlier, String role) {
    if (earlier == null) {
      throw new IllegalStateException("`" + role + "` must be updated first");
    }
    return earlier;
  }
}
