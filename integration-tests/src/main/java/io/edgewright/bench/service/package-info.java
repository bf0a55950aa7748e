/// `./edgewright bench service`: the embedded service under load and faults.
///
///     ServiceBench         submissions, then devices; what must hold afterwards
///     ServiceBenchOptions  how many of each
///     BenchedService       the service as a process of its own, and its memory
///     Traffic              requests, and how long each took by route
///     CutConnection        a request that the client does not live to see answered
///     FaultInjector        compilers that crash, a store that fails, a database that is locked
///     TinyModel            an ONNX file of one operator
///     Submissions          clients that want compilations
///     Fleet                devices that enrol, poll, download and poll again
///     ServiceReport        the results as a table and as JSON
@NullMarked
package io.edgewright.bench.service;

import org.jspecify.annotations.NullMarked;
