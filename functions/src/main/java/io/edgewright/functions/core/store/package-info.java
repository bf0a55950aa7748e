/// The ports: what the use cases need from the outside, and the records that pass through. Each
/// port has one contract test that runs against every adapter.
///
/// - [ObjectStore]: immutable bytes under a name, with signed, expiring addresses
/// - [CompilationStore]: compilations and the progress of their targets
/// - [UploadStore]: models that arrive in parts; [IdempotencyStore]: answers to repeat
/// - [DeploymentStore]: what each group runs, and how its canaries fare
/// - [DeviceStore]: claims, devices, keys, reports; [NonceStore]: which signed requests were seen
/// - [MetadataStore]: signed metadata whose versions only go up; [Signer]: the keys behind it
/// - [ResultStore]: what models found on devices; [BenchmarkStore]: what devices measured
/// - [Workflow]: runs `compile.asl.json`; [CompileWorker]: runs the compiler
/// - [Inspector]: reads manifests and models without generating code
/// - [SelfTest]: runs a finished bundle on this machine where that is possible
@NullMarked
package io.edgewright.functions.core.store;

import org.jspecify.annotations.NullMarked;
