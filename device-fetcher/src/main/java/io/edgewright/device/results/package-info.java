/**
 * Results on their way to the service: chosen by the bundle's policy, kept on the disk until the
 * service has them, sent on polls.
 *
 * <pre>
 *   Finding       what the policy leaves of one frame's results
 *   Sampler       whether the frame is a sample
 *   Counters      totals of a product, kept whatever else gives way
 *   Recorder      takes results while the model runs; owns the log
 *   ResultLog     the writer's end of the log: append, flush, begin a new file, drop the oldest
 *   LogFolder     the files; Segment: the entries in one; Entry: one of them
 *   ResultUpload  the reader's end: batches to the service, then deletes what it acknowledged
 *   Acknowledged  how far the service has the records, and the bytes of the day
 * </pre>
 *
 * One process writes and one reads; they share nothing but the files. Only the newest file is
 * written to, and only what stands before a mark in it may be sent.
 */
@NullMarked
package io.edgewright.device.results;

import org.jspecify.annotations.NullMarked;
