package io.edgewright.cdk;

import java.nio.file.Path;
import java.util.Map;

/// What differs from one synthesis to the next.
///
/// @param workers what the functions that compile and verify are made from
/// @param service a folder: what the zip of the other functions holds
/// @param worker a folder: a `Dockerfile` and what it needs, or what the zip of the workers holds
/// @param compiler what the workers' compiler calls itself
/// @param keys ARNs of keys that an earlier stack left, by role; empty: the stack makes its own
public record StackOptions(
    Workers workers, Path service, Path worker, String compiler, Map<String, String> keys) {
  public StackOptions {
    keys = Map.copyOf(keys);
  }

  /// What Lambda is given to run a worker from.
  public enum Workers {
    /// A container image with the toolchain unpacked in it.
    IMAGE,
    /// A zip that unpacks the toolchain when it starts: for places that run no images.
    ZIP
  }
}
