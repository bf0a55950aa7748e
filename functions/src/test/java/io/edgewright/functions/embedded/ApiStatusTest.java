package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.form;
import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.embedded.CheckedClient.Call;
import io.edgewright.functions.embedded.CheckedClient.Reply;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every status that `openapi.yaml` declares for every route, provoked once, and the answer held
/// against the file.
class ApiStatusTest {
  private static final String MODELS = "POST /v1/models";
  private static final String COMPILE = "POST /v1/compilations";
  private static final String LIST = "GET /v1/compilations";
  private static final String ONE = "GET /v1/compilations/{id}";
  private static final String DELETE = "DELETE /v1/compilations/{id}";
  private static final String BUNDLE = "GET /v1/compilations/{id}/targets/{device}/bundle";
  private static final String REPORT = "GET /v1/compilations/{id}/targets/{device}/report";
  private static final String PLAN = "POST /v1/plans";
  private static final String CLAIM = "POST /v1/claims";
  private static final String DEPLOY = "PUT /v1/deployments/{group}";
  private static final String ENROLL = "POST /v1/enroll";
  private static final String DESIRED = "GET /v1/devices/self/desired";
  private static final String REPORTS = "POST /v1/devices/self/reports";
  private static final String SEND = "POST /v1/devices/self/results";
  private static final String RESULTS = "GET /v1/results";
  private static final String MEASURED = "POST /v1/devices/self/benchmarks";
  private static final String BENCHMARKS = "GET /v1/benchmarks";

  private static final String NOWHERE = "0".repeat(64);
  private static final String DIGEST = "sha256:" + NOWHERE;
  private static final String MANIFEST = manifest("m", "x86-64-v3", "raspberry-pi-3");

  @TempDir static Path folder;
  private static TestService service;
  private static CheckedClient client;
  private static DeviceSigner device;
  private static String done;
  private static String partial;
  private static String deployed;

  @BeforeAll
  static void start() throws IOException {
    service = TestService.start(folder);
    client = service.client();
    done = client.compile(MANIFEST, model()).path("id").asText();
    partial = client.compile(MANIFEST, model("refuse x86-64-v3")).path("id").asText();
    deployed = client.compile(MANIFEST, model("sleep none 0")).path("id").asText();
    client.send(deploy("attic", deployed)).expect(200);
    device = new DeviceSigner();
    client.enrol(device, "attic", "x86-64-v3");
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
  }

  /// @param call what provokes the status
  record Case(String route, int status, Supplier<Call> call) {
    @Override
    public String toString() {
      return route + " " + status;
    }
  }

  private static Case of(String route, int status, Supplier<Call> call) {
    return new Case(route, status, call);
  }

  private static Call deploy(String group, String compilation) {
    return client
        .operator("PUT", "/v1/deployments/" + group)
        .json("{\"compilation\":\"" + compilation + "\"}");
  }

  private static Call get(String path) {
    return client.operator("GET", path);
  }

  private static Call page(String id) {
    return get("/v1/compilations/" + id + "/targets/x86-64-v3/report").with("accept", "text/html");
  }

  private static Call claim() {
    return client.operator("POST", "/v1/claims").json("{\"group\":\"lobby\"}");
  }

  private static Call compile() {
    return form(client.operator("POST", "/v1/compilations"), MANIFEST, model());
  }

  private static Call plan(String model) {
    return form(client.operator("POST", "/v1/plans"), MANIFEST, model);
  }

  private static Call named(String route, String model) {
    return client
        .operator("POST", route.substring(route.indexOf('/')))
        .json("{\"model\":\"" + model + "\",\"manifest\":" + MANIFEST + "}");
  }

  private static Call announce(String model) {
    return client.operator("POST", "/v1/models").json("{\"model\":\"" + model + "\",\"bytes\":7}");
  }

  private static String uploaded() {
    return "sha256:" + client.get(done).path("model").asText().substring(7);
  }

  private static Call enroll(String claim, String target) {
    return client
        .open("POST", "/v1/enroll")
        .json(
            "{\"claim\":\"%s\",\"publicKey\":%s,\"target\":\"%s\",\"name\":\"n\"}"
                .formatted(claim, new DeviceSigner().jwk(), target));
  }

  private static String newClaim() {
    return client.send(claim()).json().path("claim").asText();
  }

  private static Call desired(String query) {
    return sign(client.open("GET", "/v1/devices/self/desired" + query));
  }

  private static Call report(String body) {
    return sign(client.open("POST", "/v1/devices/self/reports").json(body));
  }

  private static Call measured(String latency) {
    String body =
        """
        {"model":"m","bundle":"%s","at":"2026-03-01T12:00:00Z","frames":1,"latency":{
         "minimumMicros":1,"medianMicros":%s,"p90Micros":1,"p99Micros":1,"maximumMicros":1,
         "histogram":[]}}\
        """
            .formatted(DIGEST, latency);
    return sign(client.open("POST", "/v1/devices/self/benchmarks").json(body));
  }

  private static Call results(String body) {
    return sign(client.open("POST", "/v1/devices/self/results").json(body));
  }

  private static Call sign(Call call) {
    return client.signed(device, call, Instant.now());
  }

  private static Call huge(Call call) {
    return call.json("{\"x\":\"" + "x".repeat(7_000_000) + "\"}").wrong();
  }

  static Stream<Case> cases() {
    return Stream.of(
            good(),
            callersFaults(),
            notFound(),
            conflicts(),
            withoutPermission(),
            bodies(),
            new DeviceStatusCases(client).all(),
            new DeploymentStatusCases(client).all(),
            new UploadStatusCases(client, done, folder).all(),
            new PageStatusCases(client, done).all())
        .flatMap(List::stream);
  }

  private static List<Case> good() {
    return List.of(
        of("GET /v1/health", 200, () -> client.open("GET", "/v1/health")),
        of("GET /v1/errors/{code}", 200, () -> client.open("GET", "/v1/errors/EW-2004")),
        of("GET /v1/targets", 200, () -> client.open("GET", "/v1/targets")),
        of(MODELS, 200, () -> announce(uploaded())),
        of(MODELS, 201, () -> announce(DIGEST)),
        of(COMPILE, 200, ApiStatusTest::compile),
        of(
            COMPILE,
            202,
            () -> form(client.operator("POST", "/v1/compilations"), MANIFEST, model("x"))),
        of(PLAN, 200, () -> plan(model("problem n1"))),
        of(PLAN, 200, () -> named(PLAN, uploaded())),
        of(LIST, 200, () -> get("/v1/compilations?limit=1")),
        of(ONE, 200, () -> get("/v1/compilations/" + done)),
        of(DELETE, 204, () -> client.operator("DELETE", "/v1/compilations/" + fresh())),
        of(BUNDLE, 307, () -> get("/v1/compilations/" + done + "/targets/x86-64-v3/bundle")),
        of(REPORT, 200, () -> page(done)),
        of(REPORT, 307, () -> get("/v1/compilations/" + done + "/targets/x86-64-v3/report")),
        of(CLAIM, 201, ApiStatusTest::claim),
        of(DEPLOY, 200, () -> deploy("attic", deployed)),
        of(ENROLL, 201, () -> enroll(newClaim(), "x86-64-v3")),
        of(DESIRED, 200, () -> desired("?rootVersion=0")),
        of(DESIRED, 304, () -> desired("").with("if-none-match", etag())),
        of(REPORTS, 204, () -> report("{\"event\":\"activated\",\"bundle\":\"" + DIGEST + "\"}")),
        of(SEND, 200, () -> results("{\"records\":[]}")),
        of(RESULTS, 200, () -> get("/v1/results?kind=sample")),
        of(MEASURED, 204, () -> measured("2.5")),
        of(BENCHMARKS, 200, () -> get("/v1/benchmarks?model=m")));
  }

  private static String fresh() {
    return client.compile(manifest("fresh", "x86-64-v3"), model()).path("id").asText();
  }

  private static String etag() {
    return client.send(desired("")).expect(200).header("etag");
  }

  private static List<Case> callersFaults() {
    return List.of(
        of(MODELS, 400, () -> client.operator("POST", "/v1/models").json("{}").wrong()),
        of(COMPILE, 400, () -> client.operator("POST", "/v1/compilations").json("{").wrong()),
        of(COMPILE, 422, () -> form(client.operator("POST", "/v1/compilations"), "{}", "no model")),
        of(PLAN, 400, () -> client.operator("POST", "/v1/plans").json("{").wrong()),
        of(PLAN, 422, () -> plan("no model")),
        of(LIST, 400, () -> get("/v1/compilations?limit=0").wrong()),
        of(CLAIM, 400, () -> claim().json("{\"group\":\"No Group\"}").wrong()),
        of(DEPLOY, 400, () -> deploy("No_Group", deployed).wrong()),
        of(ENROLL, 400, () -> client.open("POST", "/v1/enroll").json("{}").wrong()),
        of(DESIRED, 400, () -> desired("?rootVersion=-1").wrong()),
        of(REPORTS, 400, () -> report("{\"event\":\"exploded\"}").wrong()),
        of(SEND, 400, () -> results("{\"records\":[1]}").wrong()),
        of(RESULTS, 400, () -> get("/v1/results?kind=guess").wrong()),
        of(MEASURED, 400, () -> measured("\"fast\"").wrong()));
  }

  private static List<Case> notFound() {
    String nowhere = "/v1/compilations/" + NOWHERE;
    return List.of(
        of("GET /v1/errors/{code}", 404, () -> client.open("GET", "/v1/errors/EW-0000")),
        of(ONE, 404, () -> get(nowhere)),
        of(DELETE, 404, () -> client.operator("DELETE", nowhere)),
        of(BUNDLE, 404, () -> get(nowhere + "/targets/x86-64-v3/bundle")),
        of(REPORT, 404, () -> get("/v1/compilations/" + done + "/targets/host/report")),
        of(DEPLOY, 404, () -> deploy("attic", NOWHERE)));
  }

  private static List<Case> conflicts() {
    return List.of(
        of(COMPILE, 409, () -> named(COMPILE, DIGEST)),
        of(PLAN, 409, () -> named(PLAN, DIGEST)),
        of(DELETE, 409, () -> client.operator("DELETE", "/v1/compilations/" + deployed)),
        of(BUNDLE, 409, () -> get("/v1/compilations/" + partial + "/targets/x86-64-v3/bundle")),
        of(REPORT, 409, () -> get("/v1/compilations/" + partial + "/targets/x86-64-v3/report")),
        of(DEPLOY, 409, () -> deploy("attic", failed())),
        of(ENROLL, 403, () -> enroll("nonsense", "x86-64-v3")),
        of(ENROLL, 409, () -> enroll(newClaim(), "toaster")));
  }

  private static String failed() {
    return client.compile(manifest("f", "x86-64-v3"), model("refuse *")).path("id").asText();
  }

  private static List<Case> withoutPermission() {
    String one = "/v1/compilations/" + done;
    return List.of(
        of(MODELS, 401, () -> announce(DIGEST).with("authorization", "Bearer wrong")),
        of(COMPILE, 401, () -> compile().with("authorization", "Bearer wrong")),
        of(PLAN, 401, () -> plan(model()).with("authorization", "Bearer wrong")),
        of(LIST, 401, () -> get("/v1/compilations").without("authorization").wrong()),
        of(ONE, 401, () -> get(one).without("authorization").wrong()),
        of(DELETE, 401, () -> client.open("DELETE", one).wrong()),
        of(BUNDLE, 401, () -> client.open("GET", one + "/targets/host/bundle").wrong()),
        of(REPORT, 401, () -> client.open("GET", one + "/targets/host/report").wrong()),
        of(CLAIM, 401, () -> claim().with("authorization", "Basic x").wrong()),
        of(DEPLOY, 401, () -> deploy("attic", done).without("authorization").wrong()),
        of(DESIRED, 401, () -> client.open("GET", "/v1/devices/self/desired").wrong()),
        of(REPORTS, 401, () -> report("{\"event\":\"failed\"}").json("{\"event\":\"activated\"}")),
        of(SEND, 401, () -> client.open("POST", "/v1/devices/self/results").json("{}").wrong()),
        of(RESULTS, 401, () -> client.open("GET", "/v1/results").wrong()),
        of(
            MEASURED,
            401,
            () -> client.open("POST", "/v1/devices/self/benchmarks").json("{}").wrong()),
        of(BENCHMARKS, 401, () -> client.open("GET", "/v1/benchmarks").wrong()));
  }

  private static List<Case> bodies() {
    return Stream.of(MODELS, COMPILE, PLAN, CLAIM, DEPLOY, ENROLL, REPORTS, SEND, MEASURED)
        .flatMap(route ->
            Stream.of(of(route, 413, () -> huge(plain(route))), of(route, 415, () -> typed(route))))
        .toList();
  }

  private static Call typed(String route) {
    Call call = plain(route).body("text/plain", new byte[] {'x'});
    return (route.contains("/self/") ? sign(call) : call).wrong();
  }

  private static Call plain(String route) {
    String[] words = route.replace("{group}", "attic").split(" ", -1);
    return client.operator(words[0], words[1]);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAnsweredAsTheFileSays(Case provoked) {
    Reply reply = client.send(provoked.call().get());
    reply.expect(provoked.status());
    if (provoked.status() >= 400 && !reply.header("content-type").startsWith("text/html")) {
      assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
      assertThat(reply.json().path("status").asInt()).isEqualTo(provoked.status());
    }
  }

  @Test
  void coversEveryStatusThatTheFileDeclares() {
    Set<String> covered = new TreeSet<>();
    cases().forEach(each -> covered.add(each.toString()));
    // A fault of the service itself is provoked once, in `ServiceErrorCodeTest`, for all routes.
    assertThat(declared().filter(status -> !status.endsWith(" 500")))
        .containsExactlyInAnyOrderElementsOf(covered);
  }

  private static Stream<String> declared() {
    OpenAPI file =
        new OpenAPIV3Parser()
            .read(ApiStatusTest.class.getResource("/io/edgewright/api/openapi.yaml").toString());
    return file.getPaths().entrySet().stream()
        .flatMap(path ->
            path.getValue().readOperationsMap().entrySet().stream()
                .flatMap(operation ->
                    operation.getValue().getResponses().keySet().stream()
                        .map(status -> operation.getKey() + " " + path.getKey() + " " + status)));
  }
}
