package io.edgewright.functions.core.store;

import java.time.Instant;

/// The devices of `group` are to run `compilation`.
public record Deployment(String group, String compilation, Instant at) {}
