/**
 * The few things that this program does to a disk, each with a stated strength against power cuts.
 *
 * <p>What is written is safe after {@code sync} of the file; a name is safe after {@code
 * syncFolder} of its folder; {@code rename} replaces in one step. Everything kept on the device
 * goes through {@link io.edgewright.device.disk.Disk}, so that a test can cut the power after any
 * of them.
 */
@NullMarked
package io.edgewright.device.disk;

import org.jspecify.annotations.NullMarked;
