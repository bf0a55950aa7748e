package io.edgewright.functions.aws.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.compiler.Compiler;
import io.edgewright.functions.aws.AwsProxy;
import io.edgewright.functions.aws.AwsServer;
import io.edgewright.functions.aws.SmallKms;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.core.workflow.Step;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.workflow.EmbeddedWorkflow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model on its way through the functions, from an event of API Gateway to a device, with the
/// real compiler: all state is on the server. In place of Step Functions, which that server does
/// not run, the embedded service's interpreter calls the functions.
@Tag("localstack")
class AwsFlowTest {
  private static final String HOST = "abc.execute-api.eu-central-1.amazonaws.com";
  private static final String TARGET = "x86-64-v3";

  @TempDir Path folder;
  private final Map<String, Set<String>> used = new ConcurrentHashMap<>();
  private AwsProxy proxy;
  private OnThisMachine here;
  private SmallKms kms;
  private Database database;
  private Assembly assembly;
  private Settings settings;
  private EmbeddedWorkflow workflow;

  @BeforeEach
  void open() throws IOException {
    proxy = new AwsProxy(AwsServer.endpoint());
    AwsServer server = new AwsServer(proxy.address());
    kms = new SmallKms();
    here = new OnThisMachine(server).withKms(kms.address());
    settings = new Settings(environment(server));
    assembly = new Assembly(settings);
    database = new Database(folder.resolve("journal.db"));
    workflow =
        new EmbeddedWorkflow(
            database,
            Map.of(
                "${InspectFunction}", lambda("inspect", (all, time) -> all.inspect()),
                "${CompileFunction}", lambda("compile", Workers::compile),
                "${VerifyFunction}", lambda("verify", (all, time) -> Workers.verify(all)),
                "${PublishFunction}", lambda("publish", (all, time) -> all.publish()),
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
        "EDGEWRIGHT_COMPILER",
        Compiler.digest(),
        "EDGEWRIGHT_CACHE",
        cache,
        "EDGEWRIGHT_WORK",
        Files.createDirectory(folder.resolve("work")).toString(),
        "EDGEWRIGHT_S3_PATH_STYLE",
        "true");
  }

  @AfterEach
  void close() {
    if (here != null) {
      workflow.close();
      database.close();
      assembly.close();
      here.close();
      kms.close();
      proxy.close();
    }
  }

  private Step lambda(String name, StepCall.Maker maker) {
    StepCall call = new StepCall(name, settings, maker);
    return input -> {
      var out = new ByteArrayOutputStream();
      var _ = proxy.takeUsed();
      call.handle(new ByteArrayInputStream(Json.bytes(input)), out, new OneCall("r1", 120_000));
      used.put(name, proxy.takeUsed());
      return Json.parse(out.toByteArray()).deepCopy();
    };
  }

  private static APIGatewayProxyRequestEvent event(String method, String path) {
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

  private JsonNode operator(APIGatewayProxyRequestEvent event, int status) throws IOException {
    return json(
        ApiCall.handle(assembly.wiring().operatorRoutes(), event, new OneCall("r1", 29_000)),
        status);
  }

  private JsonNode device(APIGatewayProxyRequestEvent event, int status) throws IOException {
    return json(
        ApiCall.handle(assembly.wiring().routesForDevices(), event, new OneCall("r1", 29_000)),
        status);
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

  private APIGatewayProxyRequestEvent submission() {
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

  private String compiled() throws Exception {
    String id = operator(submission(), 202).path("id").asText();
    workflow.start(id, 1);
    while (workflow.isRunning(id, 1)) {
      Thread.sleep(50);
    }
    JsonNode done = operator(event("GET", "/v1/compilations/" + id), 200);
    assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("done");
    return id;
  }

  private static byte[] fetch(String address) throws IOException {
    try (InputStream in = URI.create(address).toURL().openStream()) {
      return in.readAllBytes();
    }
  }

  @Test
  void aModelComesToADevice() throws Exception {
    String id = compiled();
    JsonNode done = operator(event("GET", "/v1/compilations/" + id), 200);
    String digest = done.at("/targets/0/bundle/digest").asText();
    JsonNode bundle =
        operator(event("GET", "/v1/compilations/" + id + "/targets/" + TARGET + "/bundle"), 307);
    assertThat(Digest.of(fetch(bundle.path("location").asText())).toString())
        .as(done.toString())
        .isEqualTo(digest);
    var _ =
        operator(
            event("PUT", "/v1/deployments/lobby").withBody("{\"compilation\":\"" + id + "\"}"),
            200);
    DeviceSigner signer = enrolled();
    JsonNode desired = desired(signer);
    assertThat(Digest.of(fetch(desired.at("/bundle/url").asText())).toString()).isEqualTo(digest);
    // The same request is the same compilation.
    assertThat(operator(submission(), 200).path("id").asText()).isEqualTo(id);
  }

  /// What the stack lets each of them do. A worker that wanted more would fail there.
  @Test
  void functionsDoNoMoreThanTheyMay() throws Exception {
    var _ = compiled();
    assertThat(used.get("compile"))
        .containsExactly(
            "s3:GetObject models/", "s3:GetObject models/jobs/", "s3:PutObject staging/");
    assertThat(used.get("verify")).containsExactly("s3:GetObject staging/");
    assertThat(used.get("inspect"))
        .containsExactly(
            "dynamodb:GetItem compilations",
            "dynamodb:UpdateItem compilations",
            "s3:GetObject manifests/",
            "s3:GetObject models/",
            "s3:PutObject models/jobs/");
    assertThat(used.get("publish"))
        .containsExactly(
            "dynamodb:GetItem compilations",
            "dynamodb:UpdateItem bundles",
            "dynamodb:UpdateItem compilations",
            "s3:DeleteObject staging/",
            "s3:GetObject staging/",
            "s3:PutObject bundles/",
            "s3:PutObject reports/");
    assertThat(used.get("summarise"))
        .containsExactly(
            "dynamodb:GetItem compilations",
            "dynamodb:UpdateItem compilations",
            "s3:DeleteObject models/jobs/",
            "s3:DeleteObject staging/");
  }

  private DeviceSigner enrolled() throws IOException {
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

  private JsonNode desired(DeviceSigner signer) throws IOException {
    var event = event("GET", "/v1/devices/self/desired");
    var headers =
        new HashMap<>(
            signer.headers(
                "GET", HOST, "/prod/v1/devices/self/desired", "?", new byte[0], Instant.now()));
    headers.put("Host", HOST);
    return device(event.withHeaders(headers), 200);
  }
}
