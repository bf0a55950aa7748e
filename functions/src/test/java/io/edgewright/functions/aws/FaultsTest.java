package io.edgewright.functions.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.aws.AwsProxy.Fault;
import io.edgewright.functions.aws.store.DynamoBenchmarkStore;
import io.edgewright.functions.aws.store.DynamoCompilationStore;
import io.edgewright.functions.aws.store.DynamoDeploymentStore;
import io.edgewright.functions.aws.store.DynamoDeviceStore;
import io.edgewright.functions.aws.store.DynamoIdempotencyStore;
import io.edgewright.functions.aws.store.DynamoMetadataStore;
import io.edgewright.functions.aws.store.DynamoNonceStore;
import io.edgewright.functions.aws.store.DynamoResultStore;
import io.edgewright.functions.aws.store.DynamoUploadStore;
import io.edgewright.functions.aws.store.S3Addresses;
import io.edgewright.functions.aws.store.S3ObjectStore;
import io.edgewright.functions.aws.store.Tables;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.Benchmark;
import io.edgewright.functions.core.store.Claim;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore.Deletion;
import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.DeploymentStore.Outcome;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceResult;
import io.edgewright.functions.core.store.DeviceStore.Enrolment;
import io.edgewright.functions.core.store.DeviceStore.Report;
import io.edgewright.functions.core.store.DeviceStore.Rotation;
import io.edgewright.functions.core.store.IdempotencyStore.KeptAnswer;
import io.edgewright.functions.core.store.IdempotencyStore.Taking;
import io.edgewright.functions.core.store.ModelUpload;
import io.edgewright.functions.core.store.ObjectStore.Joining;
import io.edgewright.functions.core.store.ObjectStore.Parts;
import io.edgewright.functions.core.store.ResultStore.Condition;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.core.store.SignedMetadata;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every request of an operation is throttled, fails, or gets lost on one of its ways, once: the
/// operation ends as if nothing had happened, and has happened once.
@Tag("localstack")
class FaultsTest {
  private static final Instant NOW = Samples.NOON;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private AwsProxy proxy;
  private AwsServer server;

  @BeforeEach
  void open() throws IOException {
    proxy = AwsServer.newProxy();
    server = new AwsServer(proxy.address());
  }

  @AfterEach
  void close() {
    if (proxy != null) {
      proxy.close();
    }
  }

  private Tables disturbed(Fault fault, String... names) {
    Tables tables = server.newTables(names);
    proxy.disturb(fault);
    return tables;
  }

  @ParameterizedTest
  @EnumSource
  void compilations(Fault fault) {
    var store =
        new DynamoCompilationStore(
            disturbed(fault, "compilations", "bundles"), Clock.systemUTC(), Duration.ZERO);
    Compilation sample = Samples.compilation("a", NOW, "host");
    String id = sample.id();
    assertThat(store.create(sample)).isTrue();
    assertThat(store.find(id)).contains(sample);
    assertThat(store.newestFirst(1, Optional.empty()).items()).containsExactly(sample);
    assertThat(store.setTarget(id, 1, TargetStatus.running("host", "read", 5), NOW)).isTrue();
    assertThat(store.restart(id, 1, NOW)).isTrue();
    assertThat(store.find(id).orElseThrow().attempt()).isEqualTo(2);
    assertThat(store.useBundle(id, 2, Samples.digest("b"))).isTrue();
    assertThat(store.cancel(id, 2, NOW)).isTrue();
    assertThat(store.find(id).orElseThrow().attempt()).isEqualTo(3);
    assertThat(store.setState(id, 3, State.FAILED, List.of(Samples.PROBLEM), NOW)).isTrue();
    assertThat(store.delete(id)).isEqualTo(new Deletion.Deleted(List.of(Samples.digest("b"))));
    assertThat(store.create(sample)).isTrue();
    assertThat(store.find(id).orElseThrow().attempt()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void deployments(Fault fault) {
    Tables tables = server.newTables("compilations", "bundles", "deployments", "outcomes");
    var compilations = new DynamoCompilationStore(tables, Clock.systemUTC(), Duration.ZERO);
    Compilation one = Samples.compilation("one", NOW, "host");
    compilations.create(one);
    proxy.disturb(fault);
    var store = new DynamoDeploymentStore(tables);
    var first = Samples.deployment("lobby", one.id());
    assertThat(store.write(first)).isEqualTo(Outcome.WRITTEN);
    assertThat(store.write(first)).isEqualTo(Outcome.SUPERSEDED);
    assertThat(store.groupsOf(one.id())).containsExactly("lobby");
    store.note(first, "d1", false, NOW);
    assertThat(store.tally(first, NOW).failed()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void devices(Fault fault) {
    var store = new DynamoDeviceStore(disturbed(fault, "claims", "devices", "keys", "reports"));
    Digest token = Samples.digest("token");
    store.addClaim(new Claim(token, "lobby", NOW.plusSeconds(10)));
    Device device =
        new Device(
            "d1",
            new Device.Key("k1", "{}"),
            "lobby",
            "host",
            List.of(),
            "n",
            NOW,
            Optional.empty());
    assertThat(store.enrol(token, NOW, group -> device)).isEqualTo(new Enrolment.Enrolled(device));
    var next = new Device.Key("k2", "{}");
    assertThat(store.rotate("d1", "k1", next, NOW)).isEqualTo(Rotation.ROTATED);
    assertThat(store.findByKey("k1").orElseThrow().key()).isEqualTo(next);
    store.addReport(new Report("d1", NOW, "{}"));
    assertThat(store.reports("d1", 10)).hasSize(1);
    assertThat(store.revoke("d1", NOW)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whatMayHappenOnce(Fault fault) {
    Tables tables = disturbed(fault, "nonces", "idempotency", "uploads", "metadata");
    var nonces = new DynamoNonceStore(tables);
    assertThat(nonces.remember("d1", "n", NOW, NOW)).isTrue();
    assertThat(nonces.remember("d1", "n", NOW, NOW)).isFalse();
    var keys = new DynamoIdempotencyStore(tables);
    Digest request = Samples.digest("request");
    assertThat(keys.take("k", request, NOW, NOW, NOW)).isEqualTo(new Taking.Taken());
    assertThat(keys.take("k", request, NOW, NOW, NOW)).isEqualTo(new Taking.UnderWay());
    var answer = new KeptAnswer(200, Map.of(), "{}");
    keys.keep("k", answer);
    assertThat(keys.take("k", request, NOW, NOW, NOW)).isEqualTo(new Taking.Answered(answer));
    var uploads = new DynamoUploadStore(tables);
    var upload = new ModelUpload(request, 1, List.of(request), "u", NOW);
    assertThat(uploads.add(upload)).isTrue();
    var metadata = new DynamoMetadataStore(tables);
    var versions =
        List.of(new SignedMetadata("root", 1, NOW, "{}"), new SignedMetadata("t", 1, NOW, "{}"));
    assertThat(metadata.publish(versions)).isTrue();
    assertThat(metadata.publish(versions)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whatDevicesSend(Fault fault) {
    Tables tables = disturbed(fault, "results", "benchmarks");
    var results = new DynamoResultStore(tables, Clock.systemUTC(), Duration.ZERO);
    var bundle = Samples.digest("b");
    var record = new DeviceResult("d1", 5, DeviceResult.Kind.SAMPLE, NOW, "m", bundle, "{}");
    assertThat(results.add("d1", List.of(record), NOW)).isEqualTo(5);
    var all = new Condition(Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(results.list(all, 10, Optional.empty()).items()).hasSize(1);
    var benchmarks = new DynamoBenchmarkStore(tables);
    var benchmark = new Benchmark("d1", "n", "host", "m", bundle, NOW, "{}");
    benchmarks.put(benchmark);
    assertThat(benchmarks.newestFirst(Optional.empty(), 9)).containsExactly(benchmark);
  }

  @ParameterizedTest
  @EnumSource
  void objects(Fault fault) throws Exception {
    String bucket = server.newBucket();
    var store = new S3ObjectStore(server.s3(), new S3Addresses(server.presigner(), bucket), bucket);
    Parts upload = store.beginParts("models/abc");
    Digest digest = Samples.digest("part");
    put(store, upload, digest);
    proxy.disturb(fault);
    assertThat(store.putIfAbsent("x/one", Content.of("one".getBytes(UTF_8)))).isTrue();
    assertThat(store.putIfAbsent("x/one", Content.of("two".getBytes(UTF_8)))).isFalse();
    assertThat(store.read("x/one")).hasValue("one".getBytes(UTF_8));
    assertThat(store.joinParts(upload, 1, digest)).isEqualTo(Joining.JOINED);
    assertThat(store.read("models/abc")).hasValue("part".getBytes(UTF_8));
    store.dropParts(upload);
    store.delete("x/one");
    assertThat(store.size("x/one")).isEmpty();
  }

  private static void put(S3ObjectStore store, Parts upload, Digest digest) throws Exception {
    var place = store.partAddress(upload, 1, 4, digest, MINUTE);
    var request =
        HttpRequest.newBuilder(place.url()).PUT(HttpRequest.BodyPublishers.ofString("part"));
    place.headers().forEach(request::header);
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void executions(Fault fault) {
    var client = server.stepFunctions();
    String machine = server.newStateMachine();
    proxy.disturb(fault);
    var workflow = new StepFunctionsWorkflow(client, () -> machine);
    workflow.start(Samples.digest("c").hex(), 1);
    workflow.stop(Samples.digest("c").hex(), 1);
    proxy.disturb(Fault.NONE);
    assertThat(client.listExecutions(list -> list.stateMachineArn(machine)).executions())
        .hasSize(1);
  }
}
