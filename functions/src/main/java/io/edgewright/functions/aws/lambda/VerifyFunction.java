package io.edgewright.functions.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// `${VerifyFunction}` of `compile.asl.json`. It runs what came of a stranger's model: its role
/// reads from staging, and nothing else.
public final class VerifyFunction implements RequestStreamHandler {
  private final StepCall call =
      new StepCall("verify", (assembly, time) -> Workers.verify(assembly));

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    call.handle(input, output, context);
  }
}
