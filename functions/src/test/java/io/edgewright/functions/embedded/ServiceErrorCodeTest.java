package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.form;
import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.aws.LambdaSigning;
import io.edgewright.functions.aws.SmallLambda;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.StorageFault;
import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.embedded.CheckedClient.Call;
import io.edgewright.functions.embedded.CheckedClient.Reply;
import io.edgewright.functions.worker.ChildProcess.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every code can really happen, and has a page that the service answers with.
@Tag("slow")
class ServiceErrorCodeTest {
  private static final String NOWHERE = "0".repeat(64);
  private static final String MANIFEST = manifest("m", "x86-64-v3");

  @TempDir static Path folder;
  private static TestService service;
  private static CheckedClient client;

  @BeforeAll
  static void start() throws IOException {
    service = TestService.start(folder.resolve("data"));
    client = service.client();
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
  }

  @ParameterizedTest
  @EnumSource
  void canBeProvoked(ServiceErrorCode code) throws IOException {
    assertThat(provoke(code)).isEqualTo(code.id());
  }

  @ParameterizedTest
  @EnumSource
  void hasAPage(ServiceErrorCode code) throws IOException {
    Path project = Path.of(System.getProperty("edgewright.project", ".."));
    String page = Files.readString(project.resolve("docs/errors/" + code.id() + ".md"));
    assertThat(page)
        .startsWith("# " + code.id() + ": " + code.title() + "\n")
        .contains("    " + code.id() + " ")
        .contains("## What to do");
    assertThat(client.send(client.open("GET", "/v1/errors/" + code.id())).expect(200).text())
        .isEqualTo(page);
  }

  @Test
  void noIdIsUsedTwice() {
    assertThat(List.of(ServiceErrorCode.values()))
        .extracting(ServiceErrorCode::id)
        .doesNotHaveDuplicates();
  }

  private String provoke(ServiceErrorCode code) throws IOException {
    return switch (code) {
      case ROUTE_UNKNOWN -> client.sendUnchecked(client.open("GET", "/v2/targets")).code();
      case METHOD_WRONG -> client.sendUnchecked(client.open("POST", "/v1/targets")).code();
      case MEDIA_TYPE_WRONG -> answer(claim("{}").body("text/plain", new byte[1]));
      case BODY_TOO_LARGE -> answer(claim("\"" + "x".repeat(7_000_000) + "\""));
      case BODY_UNREADABLE -> answer(claim("{"));
      case FIELD_INVALID -> answer(claim("{}"));
      case PARAMETER_INVALID -> answer(client.operator("GET", "/v1/compilations?cursor=x").wrong());
      case OPERATOR_TOKEN_WRONG -> answer(client.open("GET", "/v1/compilations").wrong());
      case COMPILATION_UNKNOWN -> answer(client.operator("GET", "/v1/compilations/" + NOWHERE));
      case TARGET_NOT_REQUESTED -> answer(bundle(compiled(model("sleep none 1")), "host"));
      case TARGET_NOT_DONE -> answer(bundle(compiled(model("refuse *")), "x86-64-v3"));
      case COMPILATION_DEPLOYED -> {
        String id = compiled(model("sleep none 2"));
        client.send(deploy(id)).expect(200);
        yield answer(client.operator("DELETE", "/v1/compilations/" + id));
      }
      case COMPILATION_NOT_DEPLOYABLE -> answer(deploy(compiled(model("refuse *"))));
      case DEPLOYMENT_UNKNOWN -> answer(client.operator("GET", "/v1/deployments/nowhere"));
      case COMPILATION_FINISHED -> {
        String id = compiled(model());
        yield answer(client.operator("POST", "/v1/compilations/" + id + "/cancel"));
      }
      case IDEMPOTENCY_KEY_REUSED -> {
        client.send(announce(5).with("idempotency-key", "once")).expect(201);
        yield answer(announce(6).with("idempotency-key", "once"));
      }
      case IDEMPOTENCY_KEY_BUSY -> answer(BusyKey.of(announce(7), "busy", folder.resolve("data")));
      case UPLOAD_UNKNOWN -> answer(client.operator("GET", "/v1/models/sha256:" + "1".repeat(64)));
      case UPLOAD_INCOMPLETE -> {
        client.send(announceInParts()).expect(201);
        yield answer(client.operator("POST", "/v1/models/sha256:" + NOWHERE + "/complete"));
      }
      case MODEL_NOT_UPLOADED ->
          answer(
              client
                  .operator("POST", "/v1/compilations")
                  .json("{\"model\":\"sha256:" + NOWHERE + "\",\"manifest\":" + MANIFEST + "}"));
      case MODEL_TOO_LARGE -> answer(announce(600_000_000));
      case UPLOAD_MISMATCH -> upload(announce(3), "abc").code();
      case ADDRESS_REFUSED, OBJECT_GONE, OBJECT_CHANGED, RANGE_INVALID -> provokeDownload(code);
      case CLAIM_REFUSED -> answer(enroll("no claim", "host", new DeviceSigner().jwk()));
      case PUBLIC_KEY_INVALID ->
          answer(enroll("x", "host", new DeviceSigner().jwk().put("crv", "P-384")).wrong());
      case DEVICE_TARGET_UNFIT -> answer(enroll("x", "toaster", new DeviceSigner().jwk()));
      case KEY_TAKEN -> {
        DeviceSigner device = revoked();
        yield answer(enroll(newClaim(), "host", device.jwk()));
      }
      case DEVICE_NOT_FOUND -> answer(client.operator("GET", "/v1/devices/nobody"));
      case SIGNATURE_UNREADABLE,
          SIGNATURE_WRONG,
          SIGNATURE_STALE,
          SIGNATURE_REPLAYED,
          CONTENT_DIGEST_WRONG,
          DEVICE_UNKNOWN,
          DEVICE_KEY_WITHDRAWN ->
          provokeSignature(code);
      case COMPILE_TIME_EXCEEDED -> {
        Limits second = new Limits(Duration.ofSeconds(1), 1L << 30, 10 << 20);
        yield targetProblem(second, "sleep * 60000");
      }
      case COMPILE_MEMORY_EXCEEDED -> targetProblem(TestService.LIMITS, "eat *");
      case COMPILER_FAILED -> targetProblem(TestService.LIMITS, "exit * 9");
      case BUNDLE_REFUSED -> targetProblem(TestService.LIMITS, "bundle * digest");
      case PROBLEMS_LEFT_OUT -> provokeTooManyProblems();
      case STEP_FAILED -> provokeFailedStep();
      case SERVICE_FAULT -> provokeFault();
      case FOLDER_IN_USE -> refused(() -> TestService.start(folder.resolve("data")));
      case STORAGE_FULL -> storageFault(() -> Files.write(Path.of("/dev/full"), new byte[1]));
      case STORAGE_READ_ONLY -> {
        Files.createDirectories(folder.resolve("no-file/service.db"));
        yield storageFault(() -> TestService.start(folder.resolve("no-file")));
      }
      case SIGNING_FAILED -> {
        try (var lambda = new SmallLambda(input -> Json.parse(new byte[0]).deepCopy())) {
          var signing =
              new LambdaSigning(
                  new AwsServer(lambda.address()).lambda(), () -> SmallLambda.FUNCTION);
          yield refused(() -> {
            signing.renew();
            return signing;
          });
        }
      }
      case ROOT_KEY_MISSING -> {
        Path data = folder.resolve("lost-key");
        TestService.start(data).close();
        Files.delete(data.resolve("keys/root.key"));
        yield refused(() -> TestService.start(data));
      }
      case OPTION_WRONG -> refused(() -> Options.of(List.of("--port", "http")));
    };
  }

  private String answer(Call call) {
    Reply reply = client.send(call);
    ServiceErrorCode code = ServiceErrorCode.find(reply.code()).orElseThrow();
    reply.expect(code.status());
    return reply.code();
  }

  private interface Refused {
    Object run() throws IOException;
  }

  private static String refused(Refused action) {
    return catchThrowableOfType(ServiceException.class, action::run).problems().getFirst().code();
  }

  private static String storageFault(Refused action) {
    Throwable fault = catchThrowable(action::run);
    return StorageFault.in(fault).orElseThrow(() -> new AssertionError(fault)).code();
  }

  private Call claim(String body) {
    return client.operator("POST", "/v1/claims").json(body).wrong();
  }

  private Call bundle(String compilation, String target) {
    return client.operator(
        "GET", "/v1/compilations/" + compilation + "/targets/" + target + "/bundle");
  }

  private String compiled(String model) {
    return client.compile(MANIFEST, model).path("id").asText();
  }

  private Call deploy(String compilation) {
    return client
        .operator("PUT", "/v1/deployments/lobby")
        .json("{\"compilation\":\"" + compilation + "\"}");
  }

  private Call announce(long bytes) {
    return client
        .operator("POST", "/v1/models")
        .json("{\"model\":\"sha256:" + NOWHERE + "\",\"bytes\":" + bytes + "}");
  }

  private static Call announceInParts() {
    return client
        .operator("POST", "/v1/models")
        .json(
            "{\"model\":\"sha256:%s\",\"bytes\":7,\"parts\":[\"sha256:%s\"]}"
                .formatted(NOWHERE, NOWHERE));
  }

  private Reply upload(Call announce, String content) {
    String url = client.send(announce).expect(201).json().at("/uploads/0/url").asText();
    return client.sendUnchecked(
        client
            .open("PUT", URI.create(url).toString())
            .body("application/octet-stream", content.getBytes(StandardCharsets.UTF_8)));
  }

  private Call enroll(String claim, String target, JsonNode key) {
    return client
        .open("POST", "/v1/enroll")
        .json(
            "{\"claim\":\"%s\",\"publicKey\":%s,\"target\":\"%s\",\"name\":\"n\"}"
                .formatted(claim, key, target));
  }

  private String provokeDownload(ServiceErrorCode code) {
    String id = compiled(model());
    String address = client.send(bundle(id, "x86-64-v3")).expect(307).header("location");
    Call get = client.open("GET", address);
    Call wrong =
        switch (code) {
          case ADDRESS_REFUSED -> client.open("GET", address + "x");
          case OBJECT_CHANGED -> get.with("if-match", "\"other\"");
          case RANGE_INVALID -> get.with("range", "bytes=99999999-");
          default -> {
            client.send(client.operator("DELETE", "/v1/compilations/" + id)).expect(204);
            yield get;
          }
        };
    return client.sendUnchecked(wrong).expect(code.status()).code();
  }

  private String provokeSignature(ServiceErrorCode code) {
    DeviceSigner device = new DeviceSigner();
    client.enrol(device, "lobby", "x86-64-v3");
    Call desired = client.open("GET", "/v1/devices/self/desired");
    Call report = client.open("POST", "/v1/devices/self/reports").json("{\"event\":\"activated\"}");
    Instant now = Instant.now();
    Call wrong =
        switch (code) {
          case SIGNATURE_WRONG ->
              client
                  .signed(device, client.open("GET", "/v1/devices/self/desired?rootVersion=1"), now)
                  .at("/v1/devices/self/desired?rootVersion=2");
          case SIGNATURE_STALE -> client.signed(device, desired, now.minusSeconds(1000));
          case SIGNATURE_REPLAYED -> {
            Call signed = client.signed(device, desired, now);
            client.send(signed).expect(200);
            yield signed;
          }
          case CONTENT_DIGEST_WRONG ->
              client.signed(device, report, now).json("{\"event\":\"failed\"}");
          case DEVICE_UNKNOWN -> client.signed(new DeviceSigner(), desired, now);
          case DEVICE_KEY_WITHDRAWN -> client.signed(revoked(), desired, now);
          default -> desired;
        };
    return answer(wrong.wrong());
  }

  private String newClaim() {
    return client.send(claim("{\"group\":\"lobby\"}")).json().path("claim").asText();
  }

  private static DeviceSigner revoked() {
    DeviceSigner device = new DeviceSigner();
    client.enrol(device, "lobby", "x86-64-v3");
    client.send(client.operator("DELETE", "/v1/devices/" + device.id())).expect(204);
    return device;
  }

  private String targetProblem(Limits limits, String order) throws IOException {
    try (TestService limited =
        TestService.start(folder.resolve("limited"), limits, Clock.systemUTC())) {
      return limited
          .client()
          .compile(MANIFEST, model(order))
          .at("/targets/0/problems/0/code")
          .asText();
    }
  }

  private static String provokeTooManyProblems() {
    JsonNode problems = client.compile(MANIFEST, model("refuse * 2000")).at("/targets/0/problems");
    JsonNode last = problems.get(problems.size() - 1);
    assertThat(last.path("seen").asText()).startsWith(2001 - problems.size() + " more");
    return last.path("code").asText();
  }

  private static String provokeFailedStep() throws IOException {
    try (TestService broken = TestService.start(folder.resolve("step"))) {
      // The step's folders cannot be made where a file is.
      Files.delete(folder.resolve("step/work"));
      Files.createFile(folder.resolve("step/work"));
      return broken.client().compile(MANIFEST, model()).at("/problems/0/code").asText();
    }
  }

  private static String provokeFault() throws IOException {
    try (TestService broken = TestService.start(folder.resolve("fault"))) {
      Files.writeString(folder.resolve("fault/objects/models"), "a file instead of a folder");
      Call post = form(broken.client().operator("POST", "/v1/compilations"), MANIFEST, model());
      Reply reply = broken.client().send(post).expect(500);
      assertThat(broken.log()).contains("\"event\":\"fault\"").contains("objects/models");
      assertThat(reply.text()).doesNotContain("java.", "objects/models");
      return reply.code();
    }
  }
}
