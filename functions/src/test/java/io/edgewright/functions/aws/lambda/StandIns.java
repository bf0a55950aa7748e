package io.edgewright.functions.aws.lambda;

import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.device.GroupFiles;
import io.edgewright.functions.core.device.GroupMetadata;
import io.edgewright.functions.core.inspection.CompilerInspector;
import io.edgewright.functions.core.store.KeyRole;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.core.store.Signer;
import io.edgewright.functions.core.store.SigningKey;
import io.edgewright.functions.core.store.Workflow;
import io.edgewright.functions.core.trust.MetadataPublisher;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.store.FileObjectStore;
import io.edgewright.functions.embedded.store.FileSigner;
import io.edgewright.functions.embedded.store.SignedAddresses;
import io.edgewright.functions.embedded.store.SqliteBenchmarkStore;
import io.edgewright.functions.embedded.store.SqliteCompilationStore;
import io.edgewright.functions.embedded.store.SqliteDeploymentStore;
import io.edgewright.functions.embedded.store.SqliteDeviceStore;
import io.edgewright.functions.embedded.store.SqliteIdempotencyStore;
import io.edgewright.functions.embedded.store.SqliteMetadataStore;
import io.edgewright.functions.embedded.store.SqliteNonceStore;
import io.edgewright.functions.embedded.store.SqliteResultStore;
import io.edgewright.functions.embedded.store.SqliteUploadStore;
import io.edgewright.functions.handlers.OperatorLogin;
import io.edgewright.functions.handlers.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// The ports of a function, on this machine: which adapters are behind them does not matter to what
/// is between API Gateway and the handlers.
final class StandIns implements Signer, AutoCloseable {
  private final Database database;
  private final Signer signer;
  private final Ports ports;
  private boolean maySign = true;

  StandIns(Path folder) throws IOException {
    Clock clock = Clock.systemUTC();
    database = new Database(folder.resolve("service.db"));
    signer = new FileSigner(Files.createDirectories(folder.resolve("keys")));
    SignedAddresses addresses =
        new SignedAddresses(
            "secret".getBytes(StandardCharsets.UTF_8), clock, URI.create("http://127.0.0.1:1"));
    var compilations = new SqliteCompilationStore(database);
    var deployments = new SqliteDeploymentStore(database);
    var metadata = new SqliteMetadataStore(database);
    ports =
        new Ports(
            new FileObjectStore(folder.resolve("objects"), addresses),
            compilations,
            deployments,
            new SqliteDeviceStore(database),
            new SqliteNonceStore(database),
            new SqliteIdempotencyStore(database),
            new SqliteUploadStore(database),
            metadata,
            new SqliteResultStore(database),
            new SqliteBenchmarkStore(database),
            new GroupMetadata(
                deployments,
                new GroupFiles(compilations),
                new MetadataPublisher(metadata, this, clock)),
            CompilerInspector.ofCompiler(Samples.digest("compiler")),
            new NoWorkflow(),
            new OperatorLogin.Gateway(true),
            new EventLog(new PrintStream(OutputStream.nullOutputStream()), clock),
            clock);
  }

  private record NoWorkflow() implements Workflow {
    @Override
    public void start(String compilation, int attempt) {}

    @Override
    public void stop(String compilation, int attempt) {}
  }

  Ports ports() {
    return ports;
  }

  void forbidSigning() {
    maySign = false;
  }

  @Override
  public SigningKey key(KeyRole role) {
    if (!maySign) {
      throw new IllegalStateException("no permission to use keys");
    }
    return signer.key(role);
  }

  @Override
  public Optional<SigningKey> previousRoot() {
    return Optional.empty();
  }

  @Override
  public void close() {
    database.close();
  }
}
