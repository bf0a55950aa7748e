/**
 * What the kernel tells of the machine below /sys: temperature, throttling, clock, energy.
 *
 * <pre>
 *   Sysfs          the files, below a root that tests exchange
 *   Thermometer    the temperature of the processor
 *   ThrottleGauge  whether the processor is held back, and by what
 *   EnergyMeter    joules, from a counter or a power sensor; or why there are none
 *   Sensors        all of them, and the state of the machine for reports
 * </pre>
 *
 * Boards differ in what they have: whatever is missing is "not known", never 0.
 */
@NullMarked
package io.edgewright.device.sensors;

import org.jspecify.annotations.NullMarked;
