/// The service in a customer's AWS account, as one CloudFormation stack.
///
/// [EdgewrightApp] is what `cdk` runs; [EdgewrightStack] reads top to bottom. Each construct has
/// one file and is named for what it is: [Store] and [Tables] keep data, [SigningKeys] sign,
/// [ServiceFunction] answers, [WorkerFunction] compiles inside a [WorkerNetwork], [CompileWorkflow]
/// runs `compile.asl.json`, [Api] is `openapi.yaml` in front of it, [Watch] tells how it is.
///
/// What a function may do is data: [Permissions] says it for each, and nothing else grants
/// anything.
@NullMarked
package io.edgewright.cdk;

import org.jspecify.annotations.NullMarked;
