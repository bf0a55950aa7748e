package io.edgewright.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.Compiler;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Compilation;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// The bucket that workers share with the steps before and after them, on a server for S3's
/// protocol.
final class JobBucket implements AutoCloseable {
  static final String TARGET = "raspberry-pi-4";
  static final String MANIFEST = "{\"name\":\"tiny\",\"targets\":[\"" + TARGET + "\"]}";

  private final URI endpoint;
  private final S3Client s3;
  private final String name = "worker-" + UUID.randomUUID();

  /// Without such a server the running test is skipped.
  JobBucket() {
    String address = System.getProperty("edgewright.aws.endpoint", "");
    assumeTrue(
        !address.isEmpty(),
        "needs a server for AWS's protocols at -Dedgewright.aws.endpoint, which"
            + " ./edgewright test --localstack starts");
    endpoint = URI.create(address);
    s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .region(Region.EU_CENTRAL_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "secret")))
            .build();
    s3.createBucket(request ->
        request
            .bucket(name)
            .createBucketConfiguration(where -> where.locationConstraint("eu-central-1")));
  }

  /// What tells a worker of it.
  Map<String, String> environment() {
    return Map.of(
        "AWS_REGION", "eu-central-1",
        "AWS_ACCESS_KEY_ID", "tester",
        "AWS_SECRET_ACCESS_KEY", "secret",
        "AWS_ENDPOINT_URL", endpoint.toString(),
        "EDGEWRIGHT_S3_PATH_STYLE", "true",
        "EDGEWRIGHT_BUCKET", name);
  }

  static String newCompilation() {
    return Digest.of(UUID.randomUUID().toString().getBytes(UTF_8)).hex();
  }

  /// Puts a job there, as the step before the worker does, and is that worker's input.
  ObjectNode job(String compilation, int attempt, byte[] model) {
    Digest digest = Digest.of(model);
    byte[] manifest = MANIFEST.getBytes(UTF_8);
    put(Compilation.modelKey(digest), model);
    put(Compilation.jobKey(compilation, attempt, TARGET), manifest);
    return Json.object()
        .put("compilation", compilation)
        .put("attempt", attempt)
        .put("target", TARGET)
        .put("name", "tiny")
        .put("model", digest.hex())
        .put("manifest", Digest.of(manifest).hex())
        .put("compiler", Compiler.digest());
  }

  void put(String key, byte[] content) {
    s3.putObject(request -> request.bucket(name).key(key), RequestBody.fromBytes(content));
  }

  void delete(String key) {
    s3.deleteObject(request -> request.bucket(name).key(key));
  }

  /// The bundle that came of a job.
  byte[] staged(String compilation, int attempt) {
    String key = Compilation.stagingKey(compilation, attempt, TARGET);
    return s3.getObjectAsBytes(request -> request.bucket(name).key(key)).asByteArray();
  }

  @Override
  public void close() {
    s3.close();
  }
}
