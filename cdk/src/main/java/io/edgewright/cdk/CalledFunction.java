package io.edgewright.cdk;

import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.logs.LogGroup;

/// What the workflow calls and [Watch] looks at.
interface CalledFunction {
  /// Under which it is called.
  String arn();

  Function function();

  LogGroup log();
}
