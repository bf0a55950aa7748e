/**
 * Measures the active bundle on this very device, the same way on every device: the bundle's golden
 * frame, again and again, through the program that runs in use.
 *
 * <pre>
 *   Bench        runs the frames and looks at the machine meanwhile
 *   Latencies    percentiles and a histogram whose bars grow with the latency
 *   Watch        temperature, throttling and energy while it runs
 *   Measurement  all that came out, as the service takes it and as people read it
 * </pre>
 */
@NullMarked
package io.edgewright.device.bench;

import org.jspecify.annotations.NullMarked;
