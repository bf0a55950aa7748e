/// Devices: an operator makes a claim for a group, a device enrols with it and a key of its own, an
/// operator deploys a compilation to the group, the device asks what it should run and reports.
///
/// [Deployments] is what operators ask for, [Rollouts] moves stages on when `HealthGate` lets them,
/// and [GroupMetadata] signs what the record says, for whoever asks it to as
/// [io.edgewright.functions.core.store.MetadataSigning]. [Claims] let devices in, [DeviceRegister]
/// knows who is in, with which key.
@NullMarked
package io.edgewright.functions.core.device;

import org.jspecify.annotations.NullMarked;
