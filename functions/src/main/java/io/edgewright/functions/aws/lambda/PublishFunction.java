package io.edgewright.functions.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// `${PublishFunction}` of `compile.asl.json`. No other function may sign, so the others call it
/// when metadata has to be ([PublishOrSign]).
public final class PublishFunction implements RequestStreamHandler {
  private final StepCall call = new StepCall("publish", (assembly, time) -> assembly.publish());

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    call.handle(input, output, context);
  }
}
