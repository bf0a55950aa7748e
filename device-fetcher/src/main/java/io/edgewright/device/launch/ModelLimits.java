package io.edgewright.device.launch;

import io.edgewright.device.bundle.BundleManifest;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What the kernel lets a bundle's program take.
 *
 * @param addressBytes its whole address space
 * @param cpuSeconds processor time of its whole life, all threads together; empty for no end
 */
public record ModelLimits(long addressBytes, OptionalLong cpuSeconds) {
  /** The program itself, and whatever an interpreter of a test takes. */
  private static final long OTHER_BYTES = 128L << 20;

  /** A stack of 1 MiB and its guard. */
  private static final long THREAD_BYTES = 2L << 20;

  /** For a program that runs until it is stopped. */
  public static ModelLimits running(BundleManifest manifest) {
    return new ModelLimits(addressBytes(manifest), OptionalLong.empty());
  }

  /** For a program that has a task and a time limit: all its threads may be busy all the time. */
  public static ModelLimits within(Duration time, BundleManifest manifest) {
    long seconds = Math.max(1, time.toSeconds()) * manifest.run().threads() + 1;
    return new ModelLimits(addressBytes(manifest), OptionalLong.of(seconds));
  }

  /** Generous, because it is address space: what is reserved and never written costs nothing. */
  private static long addressBytes(BundleManifest manifest) {
    long files = manifest.entries().values().stream().mapToLong(BundleManifest.Entry::bytes).sum();
    return 2 * (files + manifest.memory().arenaBytes() + manifest.memory().portBytes())
        + THREAD_BYTES * manifest.run().threads()
        + OTHER_BYTES;
  }
}
