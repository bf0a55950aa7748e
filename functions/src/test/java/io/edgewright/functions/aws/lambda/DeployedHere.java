package io.edgewright.functions.aws.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.Compiler;
import io.edgewright.functions.aws.AwsProxy;
import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.aws.SmallKms;
import io.edgewright.functions.aws.SmallLambda;
import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.core.workflow.Step;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.workflow.EmbeddedWorkflow;
import io.edgewright.functions.handlers.Routes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The functions with a server for AWS's protocols behind them, which keeps all state, and with the
/// real compiler. In place of Step Functions, which that server does not run, the embedded
/// service's interpreter calls the functions.
final class DeployedHere implements AutoCloseable {
  static final String HOST = "abc.execute-api.eu-central-1.amazonaws.com";
  static final String TARGET = "x86-64-v3";

  private final Map<String, Set<String>> used = new ConcurrentHashMap<>();
  private final Path folder;
  private final AwsProxy proxy;
  private final SmallKms kms;
  private final SmallLambda functions;
  private final OnThisMachine here;
  private final Settings settings;
  private final Assembly assembly;
  private final Step publish;
  private final Database database;
  private volatile String caller = "";
  private final EmbeddedWorkflow workflow;

  DeployedHere(Path folder) throws IOException {
    this.folder = folder;
    proxy = AwsServer.newProxy();
    AwsServer server = new AwsServer(proxy.address());
    kms = new SmallKms();
    functions = new SmallLambda(this::invoke);
    here = new OnThisMachine(server).withKms(kms.address()).withLambda(functions.address());
    settings = new Settings(environment(server));
    assembly = new Assembly(settings);
    publish = lambda("publish", (all, time) -> all.publish());
    database = new Database(folder.resolve("journal.db"));
    workflow =
        new EmbeddedWorkflow(
            database,
            Map.of(
                "${InspectFunction}", lambda("inspect", (all, time) -> all.inspect()),
                "${CompileFunction}", lambda("compile", Workers::compile),
                "${VerifyFunction}", lambda("verify", (all, time) -> Workers.verify(all)),
                "${PublishFunction}", publish,
                "${SummariseFunction}", lambda("summarise", (all, time) -> all.summarise()),
                "${GiveUpFunction}", lambda("give up", (all, time) -> all.giveUp())),
            time -> {},
            new EventLog(System.out, Clock.systemUTC()),
            Clock.systemUTC());
  }

  private Map<String, String> environment(AwsServer server) throws IOException {
    String cache =
        Optional.ofNullable(System.getenv("EDGEWRIGHT_CACHE"))
            .orElse(System.getProperty("user.home") + "/.cache/edgewright");
    return Map.of(
        "EDGEWRIGHT_BUCKET",
        server.newBucket(),
        "EDGEWRIGHT_TABLES",
        server.newTables().prefix(),
        "EDGEWRIGHT_STATE_MACHINE",
        server.newStateMachine(),
        "EDGEWRIGHT_KEYS",
        """
        {"root":"r","targets":"t","snapshot":"s","timestamp":"ts","groups":"g"}\
        """,
        "EDGEWRIGHT_PUBLISH_FUNCTION",
        SmallLambda.FUNCTION,
        "EDGEWRIGHT_COMPILER",
        Compiler.digest(),
        "EDGEWRIGHT_CACHE",
        cache,
        "EDGEWRIGHT_WORK",
        Files.createDirectory(folder.resolve("work")).toString(),
        "EDGEWRIGHT_S3_PATH_STYLE",
        "true");
  }

  /// What a function did so far, in the words of IAM.
  Set<String> used(String function) {
    return used.getOrDefault(function, Set.of());
  }

  private void note(String function) {
    note(function, proxy.takeUsed());
  }

  private void note(String function, Set<String> actions) {
    used.computeIfAbsent(function, name -> new TreeSet<>()).addAll(actions);
  }

  /// What the functions that operators and the clock call ask the one with the keys.
  private ObjectNode invoke(JsonNode input) throws IOException, InterruptedException {
    note(caller);
    note(caller, Set.of("lambda:InvokeFunction"));
    return publish.run(input);
  }

  private Step lambda(String name, StepCall.Maker maker) {
    StepCall call = new StepCall(name, settings, maker);
    return input -> {
      var out = new ByteArrayOutputStream();
      var _ = proxy.takeUsed();
      call.handle(new ByteArrayInputStream(Json.bytes(input)), out, new OneCall("r1", 120_000));
      note(name);
      return Json.parse(out.toByteArray()).deepCopy();
    };
  }

  static APIGatewayProxyRequestEvent event(String method, String path) {
    return new APIGatewayProxyRequestEvent()
        .withHttpMethod(method)
        .withPath(path)
        .withHeaders(Map.of("Host", HOST, "Content-Type", "application/json"))
        .withRequestContext(
            new ProxyRequestContext()
                .withPath("/prod" + path)
                .withIdentity(new RequestIdentity().withUserArn("arn:aws:iam::1:user/ann")))
        .withIsBase64Encoded(false);
  }

  JsonNode operator(APIGatewayProxyRequestEvent event, int status) throws IOException {
    return answer("operators", assembly.wiring().operatorRoutes(), event, status);
  }

  JsonNode device(APIGatewayProxyRequestEvent event, int status) throws IOException {
    return answer("devices", assembly.wiring().routesForDevices(), event, status);
  }

  private JsonNode answer(
      String function, Routes routes, APIGatewayProxyRequestEvent event, int status)
      throws IOException {
    var _ = proxy.takeUsed();
    caller = function;
    var answer = ApiCall.handle(routes, event, new OneCall("r1", 29_000));
    note(function);
    return json(answer, status);
  }

  /// What happens each minute, and each quarter of an hour.
  void tick() throws IOException {
    var _ = proxy.takeUsed();
    caller = "clock";
    Housekeeping.of(assembly).run(true);
    note("clock");
  }

  /// A request that the device has signed.
  JsonNode signed(DeviceSigner signer, APIGatewayProxyRequestEvent event, int status)
      throws IOException {
    byte[] body =
        Optional.ofNullable(event.getBody()).map(text -> text.getBytes(UTF_8)).orElse(new byte[0]);
    var headers =
        new HashMap<>(
            signer.headers(
                event.getHttpMethod(), HOST, "/prod" + event.getPath(), "?", body, Instant.now()));
    headers.putAll(event.getHeaders());
    return device(event.withHeaders(headers), status);
  }

  private static JsonNode json(APIGatewayProxyResponseEvent answer, int status) throws IOException {
    assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(status);
    String body = answer.getBody();
    return body.isEmpty()
        ? Json.object().put("location", answer.getHeaders().get("location"))
        : Json.parse(body.getBytes(UTF_8));
  }

  /// `y = Relu(x)`.
  private static byte[] model() {
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(
            OnnxMl.GraphProto.newBuilder()
                .setName("tiny")
                .addNode(
                    OnnxMl.NodeProto.newBuilder().setOpType("Relu").addInput("x").addOutput("y"))
                .addInput(value("x"))
                .addOutput(value("y")))
        .build()
        .toByteArray();
  }

  private static OnnxMl.ValueInfoProto.Builder value(String name) {
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(1)
                        .setShape(
                            OnnxMl.TensorShapeProto.newBuilder()
                                .addDim(
                                    OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                        .setDimValue(16)))));
  }

  APIGatewayProxyRequestEvent submission() {
    var body = new ByteArrayOutputStream();
    String manifest = "{\"name\":\"tiny\",\"targets\":[\"" + TARGET + "\"]}";
    body.writeBytes(part("manifest", manifest.getBytes(UTF_8)));
    body.writeBytes(part("model", model()));
    body.writeBytes("--b--\r\n".getBytes(UTF_8));
    return event("POST", "/v1/compilations")
        .withHeaders(Map.of("Host", HOST, "Content-Type", "multipart/form-data; boundary=b"))
        .withBody(Base64.getEncoder().encodeToString(body.toByteArray()))
        .withIsBase64Encoded(true);
  }

  private static byte[] part(String name, byte[] content) {
    var part = new ByteArrayOutputStream();
    part.writeBytes(
        ("--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n").getBytes(UTF_8));
    part.writeBytes(content);
    part.writeBytes("\r\n".getBytes(UTF_8));
    return part.toByteArray();
  }

  /// Submits the model and waits for its end.
  ///
  /// @return the compilation's document
  JsonNode compiled() throws Exception {
    String id = operator(submission(), 202).path("id").asText();
    workflow.start(id, 1);
    while (workflow.isRunning(id, 1)) {
      Thread.sleep(50);
    }
    JsonNode done = operator(event("GET", "/v1/compilations/" + id), 200);
    assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("done");
    return done;
  }

  DeviceSigner enrolled() throws IOException {
    DeviceSigner signer = new DeviceSigner();
    String claim =
        operator(event("POST", "/v1/claims").withBody("{\"group\":\"lobby\"}"), 201)
            .path("claim")
            .asText();
    String body =
        "{\"claim\":\"%s\",\"publicKey\":%s,\"target\":\"%s\",\"name\":\"n\"}"
            .formatted(claim, signer.jwk(), TARGET);
    var _ = device(event("POST", "/v1/enroll").withBody(body), 201);
    return signer;
  }

  @Override
  public void close() {
    workflow.close();
    database.close();
    assembly.close();
    here.close();
    functions.close();
    kms.close();
    proxy.close();
  }
}
