/**
 * What running costs, and how it is kept low.
 *
 * <pre>
 *   Thrift         waits before a frame while a limit asks for it, and measures each frame
 *   PowerAllowance the pause after which an average power holds
 *   ClockCap       the fastest clock that the processor is given
 *   RunDiary       frames, time, heat and energy of the running model
 *   TrafficDiary   bytes and wakes of the radio, day by day
 *   CountedFetcher the network, counted into it
 * </pre>
 *
 * Every wait is a sleep in the kernel.
 */
@NullMarked
package io.edgewright.device.frugal;

import org.jspecify.annotations.NullMarked;
