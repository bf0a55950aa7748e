package io.edgewright.functions.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.workflow.NoRetry;
import io.edgewright.functions.core.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/// A step of the workflow as Lambda calls it: JSON in, JSON out, one line of log. What the step
/// throws goes on as it is, because Step Functions knows an error by the name of its class.
final class StepCall {
  /// Left for cleaning up and answering.
  private static final Duration RESERVE = Duration.ofSeconds(20);

  /// What an input says that it is about.
  private static final List<String> NAMES =
      List.of("compilation", "attempt", "target", "sign", "group");

  private final String name;
  private final Restorable<Assembly> assembly;
  private final Maker maker;

  interface Maker {
    /// @param time how long the step may take; zero where no time is left
    Step make(Assembly assembly, Duration time);
  }

  StepCall(String name, Settings settings, Maker maker) {
    this.name = name;
    this.assembly = Restorable.of(settings, Assembly::new);
    this.maker = maker;
  }

  StepCall(String name, Maker maker) {
    this(name, Settings.ofEnvironment(), maker);
  }

  void handle(InputStream in, OutputStream out, Context context) throws IOException {
    JsonNode input = Json.parse(in.readAllBytes());
    long start = System.nanoTime();
    String outcome = "failed";
    try {
      ObjectNode output = run(input, context);
      outcome = output.has("problems") ? "refused" : "done";
      out.write(Json.bytes(output));
    } catch (NoRetry e) {
      outcome = "ended";
      throw e;
    } catch (IOException | RuntimeException e) {
      assembly
          .get()
          .log()
          .fault(
              name + " of " + input.path("compilation").asText(input.path("group").asText("all")),
              e);
      throw e;
    } finally {
      ObjectNode line =
          Json.object()
              .put("step", name)
              .put("request", context.getAwsRequestId())
              .put("outcome", outcome)
              .put("millis", (System.nanoTime() - start) / 1_000_000);
      NAMES.stream().filter(input::has).forEach(of -> line.set(of, input.get(of)));
      assembly.get().log().write("step", line);
    }
  }

  private ObjectNode run(JsonNode input, Context context) throws IOException {
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
    Duration time = left.isNegative() ? Duration.ZERO : left;
    try {
      return maker.make(assembly.get(), time).run(input);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(name + " was interrupted", e);
    }
  }
}
