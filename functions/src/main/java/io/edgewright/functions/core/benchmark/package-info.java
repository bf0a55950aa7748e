/// Benchmarks of bundles on devices: a device measures, the service lays them side by side.
@NullMarked
package io.edgewright.functions.core.benchmark;

import org.jspecify.annotations.NullMarked;
