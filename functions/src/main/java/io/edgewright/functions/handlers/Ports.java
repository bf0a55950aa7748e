package io.edgewright.functions.handlers;

import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.store.BenchmarkStore;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.DeploymentStore;
import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.core.store.IdempotencyStore;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.MetadataSigning;
import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.NonceStore;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.ResultStore;
import io.edgewright.functions.core.store.UploadStore;
import io.edgewright.functions.core.store.Workflow;
import java.time.Clock;

/// Everything that the handlers need from where they run.
///
/// @param operators how they are recognised
public record Ports(
    ObjectStore objects,
    CompilationStore compilations,
    DeploymentStore deployments,
    DeviceStore devices,
    NonceStore nonces,
    IdempotencyStore idempotency,
    UploadStore uploads,
    MetadataStore metadata,
    ResultStore results,
    BenchmarkStore benchmarks,
    MetadataSigning signing,
    Inspector inspector,
    Workflow workflow,
    OperatorLogin operators,
    EventLog log,
    Clock clock) {}
