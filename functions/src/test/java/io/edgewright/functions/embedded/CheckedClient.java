package io.edgewright.functions.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.signature.DeviceSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Talks to the service and holds every answer, and every request that is meant to be right,
/// against `openapi.yaml`.
final class CheckedClient {
  private static final OpenApiInteractionValidator SPECIFICATION =
      OpenApiInteractionValidator.createForSpecificationUrl(
              CheckedClient.class.getResource("/io/edgewright/api/openapi.yaml").toString())
          .withLevelResolver(
              LevelResolver.create()
                  // Answers may have more than the file says: callers must not mind.
                  .withLevel(
                      "validation.response.body.schema.additionalProperties",
                      ValidationReport.Level.IGNORE)
                  .withLevel(
                      "validation.request.body.schema.additionalProperties",
                      ValidationReport.Level.IGNORE)
                  .build())
          .build();
  private static final String BOUNDARY = "----edgewright-test";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI base;
  private final String token;

  private CheckedClient(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  static CheckedClient of(EmbeddedService service) throws IOException {
    return of(service.address(), Files.readString(service.operatorTokenFile()).strip());
  }

  static CheckedClient of(URI base, String token) {
    return new CheckedClient(base, token);
  }

  /// @param meantToBeRight whether the request itself must fit the file
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Call(
      String method,
      String path,
      Map<String, String> headers,
      byte[] body,
      boolean meantToBeRight) {
    Call {
      headers = new LinkedHashMap<>(headers);
    }

    Call with(String header, String value) {
      var more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Call(method, path, more, body, meantToBeRight);
    }

    Call without(String header) {
      var fewer = new LinkedHashMap<>(headers);
      fewer.remove(header);
      return new Call(method, path, fewer, body, meantToBeRight);
    }

    Call body(String type, byte[] bytes) {
      return new Call(method, path, headers, bytes, meantToBeRight).with("content-type", type);
    }

    /// The same at another address.
    Call at(String otherPath) {
      return new Call(method, otherPath, headers, body, meantToBeRight);
    }

    Call json(String text) {
      return body("application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    /// The request breaks the rules on purpose; only the answer is checked.
    Call wrong() {
      return new Call(method, path, headers, body, false);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(int status, Map<String, String> headers, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return Json.trusted(text());
    }

    String header(String name) {
      return Optional.ofNullable(headers.get(name)).orElse("");
    }

    Reply expect(int wanted) {
      assertThat(status).as("%s", text()).isEqualTo(wanted);
      return this;
    }

    /// The code of the first problem.
    String code() {
      return json().path("code").asText();
    }
  }

  URI base() {
    return base;
  }

  String token() {
    return token;
  }

  Call open(String method, String path) {
    return new Call(method, path, Map.of(), new byte[0], true);
  }

  Call operator(String method, String path) {
    return open(method, path).with("authorization", "Bearer " + token);
  }

  /// A request that the device signs; its body must be there already.
  Call signed(DeviceSigner device, Call call, Instant created) {
    URI address = base.resolve(call.path());
    String query = address.getRawQuery() == null ? "?" : "?" + address.getRawQuery();
    return with(
        call,
        device.headers(
            call.method(), base.getAuthority(), address.getRawPath(), query, call.body(), created));
  }

  private static Call with(Call call, Map<String, String> headers) {
    Call all = call;
    for (var header : headers.entrySet()) {
      all = all.with(header.getKey(), header.getValue());
    }
    return all;
  }

  /// A device's request to sign with another key from now on, signed with both.
  Call rotation(DeviceSigner device, DeviceSigner next, Instant created) {
    Call call =
        open("PUT", "/v1/devices/self/key")
            .json(Json.text(Json.object().set("publicKey", next.jwk())));
    return signedTwice(device, next, call, created);
  }

  /// A request with the signature of the device's key and, as that of the key to come, another one.
  Call signedTwice(DeviceSigner device, DeviceSigner next, Call call, Instant created) {
    Call one = signed(device, call, created);
    Call other = signed(next, call, created);
    return with(one, DeviceSigner.both(one.headers(), other.headers()));
  }

  static Call form(Call call, String manifest, String model) {
    String body = part("manifest", manifest) + part("model", model) + "--" + BOUNDARY + "--\r\n";
    return call.body(
        "multipart/form-data; boundary=" + BOUNDARY, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String part(String name, String content) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n%s\r\n"
        .formatted(BOUNDARY, name, name, content);
  }

  /// Sends a call of the API and checks it against the file.
  Reply send(Call call) {
    Reply reply = sendUnchecked(call);
    String path = base.resolve(call.path()).getPath();
    Request.Method method = Request.Method.valueOf(call.method());
    if (call.meantToBeRight()) {
      check(SPECIFICATION.validateRequest(request(call)));
    }
    SimpleResponse.Builder response = SimpleResponse.Builder.status(reply.status());
    reply.headers().forEach(response::withHeader);
    if (reply.bytes().length > 0) {
      response.withBody(reply.bytes());
    }
    check(SPECIFICATION.validateResponse(path, method, response.build()));
    return reply;
  }

  private SimpleRequest request(Call call) {
    URI address = base.resolve(call.path());
    SimpleRequest.Builder request = new SimpleRequest.Builder(call.method(), address.getPath());
    call.headers().forEach(request::withHeader);
    if (address.getRawQuery() != null) {
      for (String term : address.getRawQuery().split("&", -1)) {
        request.withQueryParam(
            term.substring(0, term.indexOf('=')), term.substring(term.indexOf('=') + 1));
      }
    }
    if (call.body().length > 0) {
      request.withBody(call.body());
    }
    return request.build();
  }

  private static void check(ValidationReport report) {
    assertThat(report.getMessages().stream())
        .as("against openapi.yaml")
        .filteredOn(message -> message.getLevel() != ValidationReport.Level.IGNORE)
        .isEmpty();
  }

  /// Sends what is not of the API: addresses that nobody answers, and signed ones.
  Reply sendUnchecked(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(call.path()))
            .timeout(Duration.ofSeconds(60))
            .method(
                call.method(),
                call.body().length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(call.body()));
    call.headers().forEach(request::header);
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      Map<String, String> headers = new LinkedHashMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Reply(response.statusCode(), headers, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Posts a model and waits for the end.
  JsonNode compile(String manifest, String model) {
    Reply reply = send(form(operator("POST", "/v1/compilations"), manifest, model));
    assertThat(reply.status()).as("%s", reply.text()).isIn(200, 202);
    return await(reply.json().path("id").asText());
  }

  JsonNode await(String id) {
    Instant end = Instant.now().plusSeconds(60);
    while (Instant.now().isBefore(end)) {
      JsonNode compilation = get(id);
      if (!compilation.path("state").asText().matches("queued|running")) {
        return compilation;
      }
      pause();
    }
    throw new AssertionError("no end: " + get(id));
  }

  JsonNode get(String id) {
    return send(operator("GET", "/v1/compilations/" + id)).expect(200).json();
  }

  static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A manifest for these targets.
  static String manifest(String name, String... targets) {
    ObjectNode manifest = Json.object().put("name", name);
    var list = manifest.putArray("targets");
    for (String target : targets) {
      list.add(target);
    }
    return Json.text(manifest);
  }

  /// A model that the fake compiler obeys.
  static String model(String... orders) {
    return "MODEL\n" + String.join("\n", orders);
  }

  /// Enrols a device and returns what it was answered.
  JsonNode enrol(DeviceSigner device, String group, String target) {
    JsonNode claim =
        send(operator("POST", "/v1/claims").json("{\"group\":\"" + group + "\"}"))
            .expect(201)
            .json();
    ObjectNode body =
        Json.object()
            .put("claim", claim.path("claim").asText())
            .put("target", target)
            .put("name", "a device");
    body.set("publicKey", device.jwk());
    return send(open("POST", "/v1/enroll").json(Json.text(body))).expect(201).json();
  }
}
