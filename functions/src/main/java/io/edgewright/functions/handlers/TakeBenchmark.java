package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.benchmark.Benchmarks;
import io.edgewright.functions.core.store.Benchmark;
import io.edgewright.functions.core.store.Device;
import java.time.Instant;
import java.util.List;

/// `POST /v1/devices/self/benchmarks`: what the device measured of a bundle.
public final class TakeBenchmark
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private static final int MOST_BARS = 500;
  private static final List<String> LATENCIES =
      List.of("minimumMicros", "medianMicros", "p90Micros", "p99Micros", "maximumMicros");

  private final Endpoint endpoint;
  private final Benchmarks benchmarks;

  TakeBenchmark(Endpoint endpoint, Benchmarks benchmarks) {
    this.endpoint = endpoint;
    this.benchmarks = benchmarks;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.device(event, this::answer);
  }

  private Answer answer(Request request, Device device) {
    Fields fields = Fields.of(request);
    String model = fields.text("model", Fields.PRODUCT, Fields.PRODUCT_ALLOWED);
    Digest bundle = fields.digest("bundle");
    Instant at = fields.time("at");
    fields.positive("frames");
    Fields latency = fields.within("latency");
    LATENCIES.forEach(latency::measure);
    for (Fields bar : latency.objects("histogram", MOST_BARS)) {
      bar.measure("fromMicros");
      bar.measure("uptoMicros");
      bar.positive("count");
    }
    // A newer device may measure more than this service knows.
    fields.endOpen();
    benchmarks.take(
        new Benchmark(
            device.id(),
            device.name(),
            device.target(),
            model,
            bundle,
            at,
            Json.text(fields.body())));
    return Answer.empty(204);
  }
}
