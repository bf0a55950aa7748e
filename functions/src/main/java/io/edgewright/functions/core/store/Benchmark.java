package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import java.time.Instant;

/// What a device measured of a bundle.
///
/// @param model the name of the product
/// @param content all that was measured, as JSON text
public record Benchmark(
    String device,
    String name,
    String target,
    String model,
    Digest bundle,
    Instant at,
    String content) {}
