package io.edgewright.functions.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.results.Results;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceResult;
import io.edgewright.functions.core.store.DeviceResult.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `POST /v1/devices/self/results`: what a model found on the device that sends.
public final class TakeResults
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  static final int MOST_RECORDS = 1000;
  private static final int MOST_CONTENT = 1 << 16;
  private static final Pattern KIND = Pattern.compile("sample|counters");

  private final Endpoint endpoint;
  private final Results results;

  TakeResults(Endpoint endpoint, Results results) {
    this.endpoint = endpoint;
    this.results = results;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    return endpoint.device(event, this::answer);
  }

  private Answer answer(Request request, Device device) {
    Fields fields = Fields.of(request);
    List<DeviceResult> records = new ArrayList<>();
    long last = 0;
    for (Fields record : fields.objects("records", MOST_RECORDS)) {
      long sequence = record.above("sequence", last);
      records.add(record(record, device, sequence));
      last = sequence;
    }
    fields.end();
    return Answer.json(200, Json.object().put("acknowledged", results.take(device.id(), records)));
  }

  private static DeviceResult record(Fields record, Device device, long sequence) {
    Kind kind =
        record.text("kind", KIND, "`sample` or `counters`").equals("counters")
            ? Kind.COUNTERS
            : Kind.SAMPLE;
    Instant at = record.time("at");
    String model = record.text("model", Fields.PRODUCT, Fields.PRODUCT_ALLOWED);
    Digest bundle = record.digest("bundle");
    String content = record.content(kind.member(), MOST_CONTENT);
    record.noOthers();
    return new DeviceResult(device.id(), sequence, kind, at, model, bundle, content);
  }
}
