package io.edgewright.functions.aws.lambda;

import io.edgewright.functions.aws.Clients;
import io.edgewright.functions.aws.KmsSigner;
import io.edgewright.functions.aws.LambdaSigning;
import io.edgewright.functions.aws.StepFunctionsWorkflow;
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
import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.device.GroupFiles;
import io.edgewright.functions.core.device.GroupMetadata;
import io.edgewright.functions.core.inspection.CompilerInspector;
import io.edgewright.functions.core.trust.MetadataPublisher;
import io.edgewright.functions.core.workflow.GiveUpStep;
import io.edgewright.functions.core.workflow.InspectStep;
import io.edgewright.functions.core.workflow.PublishStep;
import io.edgewright.functions.core.workflow.Step;
import io.edgewright.functions.core.workflow.SummariseStep;
import io.edgewright.functions.handlers.OperatorLogin;
import io.edgewright.functions.handlers.Ports;
import io.edgewright.functions.handlers.Wiring;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// What functions are made of. Each takes what it needs; clients of services that it does not use
/// are never made.
final class Assembly implements AutoCloseable {
  /// Longer than a request to API Gateway can last.
  private static final Duration DELETION = Duration.ofMinutes(15);

  /// More than clocks of Lambda differ, and indexes of DynamoDB stay behind.
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private final Settings settings;
  private final Clock clock = Clock.systemUTC();
  private final EventLog log = new EventLog(System.out, clock);
  private final List<SdkAutoCloseable> open = new ArrayList<>();
  private final Lazy<S3ObjectStore> objects = new Lazy<>(this::makeObjects);
  private final Lazy<DynamoDbClient> dynamo =
      new Lazy<>(() -> opened(Clients.small(DynamoDbClient.builder())));
  private final Lazy<KmsClient> kms = new Lazy<>(() -> opened(Clients.small(KmsClient.builder())));
  private final Lazy<LambdaClient> lambda =
      new Lazy<>(() -> opened(Clients.waiting(LambdaClient.builder())));
  private final Lazy<SfnClient> stepFunctions =
      new Lazy<>(() -> opened(Clients.small(SfnClient.builder())));

  Assembly(Settings settings) {
    this.settings = settings;
  }

  EventLog log() {
    return log;
  }

  Clock clock() {
    return clock;
  }

  Settings settings() {
    return settings;
  }

  private <T extends SdkAutoCloseable> T opened(T client) {
    open.add(client);
    return client;
  }

  S3ObjectStore objects() {
    return objects.get();
  }

  private S3ObjectStore makeObjects() {
    S3Client client =
        opened(Clients.large(S3Client.builder().forcePathStyle(settings.isPathStyle())));
    S3Configuration style =
        S3Configuration.builder().pathStyleAccessEnabled(settings.isPathStyle()).build();
    S3Presigner presigner =
        opened(S3Presigner.builder().s3Client(client).serviceConfiguration(style).build());
    String bucket = settings.bucket();
    return new S3ObjectStore(client, new S3Addresses(presigner, bucket), bucket);
  }

  Tables tables() {
    return new Tables(dynamo.get(), settings.tables());
  }

  DynamoCompilationStore compilations(Tables tables) {
    return new DynamoCompilationStore(tables, clock, DELETION);
  }

  StepFunctionsWorkflow workflow() {
    return new StepFunctionsWorkflow(stepFunctions.get(), settings::stateMachine);
  }

  Wiring wiring() {
    Tables tables = tables();
    return new Wiring(
        new Ports(
            objects(),
            compilations(tables),
            new DynamoDeploymentStore(tables),
            new DynamoDeviceStore(tables),
            new DynamoNonceStore(tables),
            new DynamoIdempotencyStore(tables),
            new DynamoUploadStore(tables),
            new DynamoMetadataStore(tables),
            new DynamoResultStore(tables, clock, SETTLING),
            new DynamoBenchmarkStore(tables),
            new LambdaSigning(lambda.get(), settings::publishFunction),
            CompilerInspector.ofCompiler(settings.compiler()),
            workflow(),
            new OperatorLogin.Gateway(settings.namesCallers()),
            log,
            clock));
  }

  Step inspect() {
    return new InspectStep(
        compilations(tables()),
        objects(),
        CompilerInspector.ofCompiler(settings.compiler()),
        settings.work(),
        clock);
  }

  /// The only part that has to do with keys.
  Step publish() {
    Tables tables = tables();
    DynamoCompilationStore compilations = compilations(tables);
    GroupMetadata metadata =
        new GroupMetadata(
            new DynamoDeploymentStore(tables),
            new GroupFiles(compilations),
            new MetadataPublisher(
                new DynamoMetadataStore(tables),
                new KmsSigner(kms.get(), settings.keys(), settings.previousRootKey()),
                clock));
    return new PublishOrSign(
        new PublishStep(compilations, objects(), metadata, settings.work(), clock), metadata);
  }

  Step summarise() {
    return new SummariseStep(compilations(tables()), objects(), clock);
  }

  Step giveUp() {
    return new GiveUpStep(compilations(tables()), clock);
  }

  @Override
  public void close() {
    open.forEach(SdkAutoCloseable::close);
    open.clear();
  }
}
