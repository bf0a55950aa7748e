/// Devices: an operator makes a claim for a group, a device enrols with it and a key of its own, an
/// operator deploys a compilation to the group, the device asks what it should run and reports.
@NullMarked
package io.edgewright.functions.core.device;

import org.jspecify.annotations.NullMarked;
