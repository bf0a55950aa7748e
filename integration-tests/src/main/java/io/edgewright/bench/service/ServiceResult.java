package io.edgewright.bench.service;

import java.util.List;
import java.util.Map;

/// What was measured, and what should have held and did not.
///
/// @param millis times by route
/// @param peakBytes the most memory that the service held, compilers not counted
/// @param broken one sentence for each thing that was lost or doubled
record ServiceResult(
    ServiceBenchOptions options,
    Submissions.Outcome submissions,
    Fleet.Outcome fleet,
    FaultInjector.Counts faults,
    Map<String, List<Double>> millis,
    long peakBytes,
    List<String> broken) {}
