package io.edgewright.functions.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// `${CompileFunction}` of `compile.asl.json`. It handles what strangers sent: its role reads
/// models and writes to staging, and nothing else.
public final class CompileFunction implements RequestStreamHandler {
  private final StepCall call = new StepCall("compile", Workers::compile);

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    call.handle(input, output, context);
  }
}
