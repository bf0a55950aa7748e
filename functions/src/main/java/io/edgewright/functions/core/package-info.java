/// What the service does, without saying where it runs: no AWS, no HTTP, no SQL in here.
///
/// The tour, in the order in which a model passes:
/// - `core`: the words that all share: [Digest], [Json], [ServiceErrorCode] and [ServiceProblem]
/// - `core.store`: the ports (`ObjectStore`, `CompilationStore`, `DeviceStore`, `MetadataStore`,
///   `Signer`, `Workflow`, ...) and the records that pass through them
/// - `core.compilation`: a request becomes a named compilation
/// - `core.workflow`: the steps that `compile.asl.json` calls: inspect, compile, verify, publish,
///   summarise
/// - `core.trust`: signed TUF metadata for devices
/// - `core.signature`: RFC 9421 signatures of devices
/// - `core.device`: claims, enrolment, what a device should run, what it reports
///
/// A fault of the caller is a [ServiceException] with every problem that was found; anything else
/// that is thrown is a fault of the service.
@NullMarked
package io.edgewright.functions.core;

import org.jspecify.annotations.NullMarked;
