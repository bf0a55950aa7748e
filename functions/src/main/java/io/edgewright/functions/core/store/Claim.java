package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import java.time.Instant;

/// The right to enrol one device into a group. Only the token's digest is kept.
public record Claim(Digest token, String group, Instant expiresAt) {}
