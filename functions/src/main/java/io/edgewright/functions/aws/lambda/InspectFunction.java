package io.edgewright.functions.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// `${InspectFunction}` of `compile.asl.json`.
public final class InspectFunction implements RequestStreamHandler {
  private final StepCall call = new StepCall("inspect", (assembly, time) -> assembly.inspect());

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    call.handle(input, output, context);
  }
}
