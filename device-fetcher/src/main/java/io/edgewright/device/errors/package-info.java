/**
 * What can go wrong on a device, said once: a stable code, who is to blame, where, what was seen,
 * what is allowed, and what to do next.
 *
 * <p>The same problem is printed on the command line, written to the log, and sent to the service
 * in a report. Every code has a page in {@code docs/errors/} and a test that provokes it.
 */
@NullMarked
package io.edgewright.device.errors;

import org.jspecify.annotations.NullMarked;
