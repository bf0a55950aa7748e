/**
 * Keeps the bundle's program running: frames in, result lines out.
 *
 * <pre>
 *   ModelProcess   one child process: a frame goes in, a line comes out, in time
 *   Watchdog       kills a child that does not answer
 *   Supervisor     starts, restarts with growing pauses, goes back to the last good bundle
 * </pre>
 */
@NullMarked
package io.edgewright.device.run;

import org.jspecify.annotations.NullMarked;
