package io.edgewright.functions.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Once a minute: what time alone brings about, and what was interrupted. EventBridge may call
/// twice for one minute, and a second call does no harm: all that it changes is fenced by what it
/// was read as.
public final class TickFunction implements RequestStreamHandler {
  private final Restorable<Housekeeping> work =
      Restorable.of(Settings.ofEnvironment(), settings -> Housekeeping.of(new Assembly(settings)));

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    work.get().run();
  }
}
