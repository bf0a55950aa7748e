/// The steps that `compile.asl.json` calls, in its order: [InspectStep], then for every target
/// [CompileStep], [VerifyStep], [PublishStep], then [SummariseStep]; [GiveUpStep] where a fault of
/// the service stayed after the last retry, or a worker refused something. Compiling and verifying
/// handle what strangers sent: these two steps have no database and no keys, only what
/// [InspectStep] told them, and what they say is recorded by others.
///
/// Each step takes and gives a small JSON object, so that the same file drives them in one process
/// and on Step Functions. A step may run twice: after a lost answer, a crash, a retry. What it
/// writes is therefore conditional or content-addressed, never added to.
///
/// A step that throws [NoRetry] has recorded all there is to know; anything else that is thrown is
/// worth another try.
@NullMarked
package io.edgewright.functions.core.workflow;

import org.jspecify.annotations.NullMarked;
