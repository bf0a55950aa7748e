/// What Lambda calls: [OperatorApi] and [DeviceApi] behind API Gateway, the tasks of
/// `compile.asl.json`, and [TickFunction] on a schedule. Each is put together by hand from
/// [Assembly], which takes its settings from the environment ([Settings]).
///
/// Classes are loaded and objects made when a function starts, so that SnapStart keeps them; what
/// must not be in a snapshot, connections and credentials, is dropped before it is taken
/// ([Restorable]).
///
/// What each needs:
///
/// | function | S3 | DynamoDB | KMS | other |
/// |---|---|---|---|---|
/// | `OperatorApi` | read, write, delete, list | all but `nonces`; `metadata` only read | | start, stop executions; call `PublishFunction` |
/// | `DeviceApi` | read `bundles/` | all but `bundles`, `idempotency`, `uploads`; `metadata` only read | | |
/// | `InspectFunction` | read `models/`, `manifests/`; write `models/jobs/` | `compilations` | | |
/// | `CompileFunction` | read `models/`; write `staging/` | | | |
/// | `VerifyFunction` | read `staging/` | | | |
/// | `PublishFunction` | read, delete `staging/`; write `bundles/`, `reports/` | `compilations`, `bundles`, `deployments`, `metadata` | sign, public keys | |
/// | `SummariseFunction` | delete `models/jobs/`, `staging/` | `compilations` | | |
/// | `GiveUpFunction` | | `compilations` | | |
/// | `TickFunction` | delete `bundles/`, `reports/`, parts in `staging/` | `compilations`, `bundles`, `deployments`, `outcomes`, `devices`, `uploads`; `metadata` only read | | start, describe executions; call `PublishFunction` |
///
/// Only `PublishFunction` signs and writes `metadata`. The others ask it to, naming what is out of
/// date ([io.edgewright.functions.aws.SigningRequest]); what it signs it reads from the records.
///
/// Whoever asks S3 for what may not be there needs to list the bucket: else S3 answers 403, not
/// 404.
@NullMarked
package io.edgewright.functions.aws.lambda;

import org.jspecify.annotations.NullMarked;
