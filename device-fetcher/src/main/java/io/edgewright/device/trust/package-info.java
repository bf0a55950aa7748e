/**
 * The rules of The Update Framework 1.0.34, client side, as pure functions and one decider: bytes
 * and a time go in, trust or a refusal comes out. No file, no network, no clock.
 *
 * <pre>
 *   Envelope          {signatures, signed} and the bytes that the signatures are over
 *   CanonicalJson     those bytes
 *   RoleKeys          whose signatures count for a role, and how many are needed
 *   RootMetadata      keys of the four roles         TimestampMetadata   the newest snapshot
 *   SnapshotMetadata  version of every other file    TargetsMetadata     bundles, and whom they are delegated to
 *   TrustedMetadata   the decider: takes them in order, refuses what an attacker would send
 *   ClockFloor        the earliest time that it can possibly be
 * </pre>
 *
 * Order of use: {@code startingAt(root)}, {@code updateRoot*}, {@code recall*} (what was trusted
 * before), {@code updateTimestamp}, {@code updateSnapshot}, {@code updateTargets}, {@code
 * updateDelegated}, {@code find}.
 */
@NullMarked
package io.edgewright.device.trust;

import org.jspecify.annotations.NullMarked;
