package io.edgewright.functions.core.store;

import java.time.Instant;

/// One version of one TUF role.
///
/// @param role `root`, `timestamp`, `snapshot`, `targets` or `group/<name>`
/// @param json the whole envelope with its signatures
public record SignedMetadata(String role, int version, Instant expires, String json) {}
