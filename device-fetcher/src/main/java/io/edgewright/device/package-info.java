/**
 * The device fetcher: what runs on the device. It shares no code with the service, only the
 * contracts; it needs a Java 17 without a display, no native library, and less than 64 MB.
 *
 * <pre>
 *   Main            enroll, sync, run, bench, status; exit status 0 done, 2 caller, 3 limit, 1 ours
 *     run           keeps the bundle's program running, goes back to the last good one
 *       frames      pictures from files and cameras, frames from streams
 *       launch      the program as a child with limits
 *     bench         what the active bundle takes on this device
 *     frugal        limits of heat, clock and power; what running and the radio cost
 *       sensors     what the kernel tells of the machine
 *     results       results on their way to the service
 *     update        from what the service says to an active bundle
 *       transport   bytes from addresses, with limits
 *       trust       which metadata is believed: pure rules, no I/O
 *     store         what is kept, and how it survives a power cut
 *       bundle      every byte of a bundle against what was signed
 *       disk        the few things that are done to a disk
 *     identity      the device's key and its signatures
 *     json, errors  leaves
 * </pre>
 */
@NullMarked
package io.edgewright.device;

import org.jspecify.annotations.NullMarked;
