/**
 * Bytes from addresses, with a limit on everything: attempts, time and length.
 *
 * <pre>
 *   Fetcher        one request, one answer; HttpFetcher is the real one
 *   SafeAddress    HTTPS, or this very machine
 *   Patience       how often, how long, how much
 *   ServiceClient  small signed requests to the service
 *   Download       one large file in ranges, resumed after any cut
 *   DayBudget      how many bytes of downloads a day may cost, across restarts
 * </pre>
 */
@NullMarked
package io.edgewright.device.transport;

import org.jspecify.annotations.NullMarked;
