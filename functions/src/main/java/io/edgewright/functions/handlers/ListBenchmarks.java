package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.benchmark.Benchmarks;
import io.edgewright.functions.core.benchmark.Comparison;
import io.edgewright.functions.core.store.Benchmark;
import io.edgewright.functions.pages.BenchmarksPage;
import java.util.List;
import java.util.Optional;

/// `GET /v1/benchmarks`: devices side by side, as JSON or as a page for whoever accepts HTML.
public final class ListBenchmarks
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Endpoint endpoint;
  private final Benchmarks benchmarks;

  ListBenchmarks(Endpoint endpoint, Benchmarks benchmarks) {
    this.endpoint = endpoint;
    this.benchmarks = benchmarks;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.operator(event, this::answer);
  }

  private Answer answer(Request request) {
    Optional<String> model = request.query("model");
    List<Comparison> rows = benchmarks.compare(model);
    if (request.wantsPage()) {
      return Answer.page(200, BenchmarksPage.html(model, rows));
    }
    ObjectNode document = Json.object();
    ArrayNode list = document.putArray("benchmarks");
    rows.forEach(row -> list.add(document(row)));
    return Answer.json(200, document);
  }

  private static ObjectNode document(Comparison row) {
    Benchmark benchmark = row.benchmark();
    ObjectNode document =
        Json.object()
            .put("device", benchmark.device())
            .put("name", benchmark.name())
            .put("target", benchmark.target())
            .put("model", benchmark.model())
            .put("bundle", benchmark.bundle().toString())
            .put("at", benchmark.at().toString())
            .put("valid", row.isValid());
    document.set("measured", row.measured());
    return document;
  }
}
