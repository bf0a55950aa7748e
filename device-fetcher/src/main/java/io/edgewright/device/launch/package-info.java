/**
 * The bundle's program as a child process with little of the machine.
 *
 * <pre>
 *   ModelLimits   memory and processor time that a bundle's program may take
 *   ModelLaunch   starts it under these limits
 * </pre>
 */
@NullMarked
package io.edgewright.device.launch;

import org.jspecify.annotations.NullMarked;
