package io.edgewright.compiler.manifest;

import java.util.List;
import java.util.Optional;

/// Which results the device keeps and sends. Counters of all frames are sent in any case.
///
/// @param fields names of outputs; absent: all of them
/// @param threshold classes and detections below it are left out; a frame without any is no sample
/// @param onChange a sample only where it differs from the one before
/// @param sampleRate which part of the samples is kept, 0 to 1
/// @param batch most samples in one request
/// @param bytesPerDay most bytes of requests on a day
/// @param keepBytes most bytes that wait on the device; the oldest samples give way
public record ResultPolicy(
    Optional<List<String>> fields,
    double threshold,
    boolean onChange,
    double sampleRate,
    int batch,
    long bytesPerDay,
    long keepBytes) {
  public ResultPolicy {
    fields = fields.map(List::copyOf);
  }
}
