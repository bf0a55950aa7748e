package io.edgewright.functions.embedded;

import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.device.GroupFiles;
import io.edgewright.functions.core.device.GroupMetadata;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.trust.MetadataPublisher;
import io.edgewright.functions.core.workflow.CompileStep;
import io.edgewright.functions.core.workflow.GiveUpStep;
import io.edgewright.functions.core.workflow.InspectStep;
import io.edgewright.functions.core.workflow.PublishStep;
import io.edgewright.functions.core.workflow.RecordedProgress;
import io.edgewright.functions.core.workflow.Steps;
import io.edgewright.functions.core.workflow.SummariseStep;
import io.edgewright.functions.core.workflow.VerifyStep;
import io.edgewright.functions.embedded.http.HttpFront;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.store.FileObjectStore;
import io.edgewright.functions.embedded.store.FileSigner;
import io.edgewright.functions.embedded.store.Orphans;
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
import io.edgewright.functions.embedded.workflow.EmbeddedWorkflow;
import io.edgewright.functions.handlers.OperatorLogin;
import io.edgewright.functions.handlers.Ports;
import io.edgewright.functions.handlers.Wiring;
import io.edgewright.functions.worker.LocalCompileWorker;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The running service: every port's adapter made and handed on, once.
public final class EmbeddedService implements AutoCloseable {
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final Duration RENEWAL = Duration.ofMinutes(15);

  private final DataFolder folder;
  private final Tools tools;
  private final EventLog log;
  private final HttpFront front;
  private final URI address;
  private final Database database;
  private final FileObjectStore objects;
  private final SqliteCompilationStore compilations;
  private final SqliteDeploymentStore deployments;
  private final EmbeddedWorkflow workflow;
  private final Ticker ticker;
  private final Ticker renewal;

  /// @throws ServiceException when the options or the folder do not allow it
  public static EmbeddedService start(Options options, Tools tools) throws IOException {
    DataFolder folder = DataFolder.open(options.data());
    try {
      return new EmbeddedService(options, tools, folder);
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private EmbeddedService(Options options, Tools tools, DataFolder folder) throws IOException {
    this.folder = folder;
    this.tools = tools;
    log = new EventLog(tools.log(), tools.clock());
    front = bind(options, log);
    address =
        options
            .address()
            .orElse(URI.create("http://" + options.host() + ":" + front.address().getPort()));
    database = new Database(folder.database());
    SignedAddresses addresses = new SignedAddresses(folder.addressSecret(), tools.clock(), address);
    objects = new FileObjectStore(folder.objects(), addresses);
    compilations = new SqliteCompilationStore(database);
    deployments = new SqliteDeploymentStore(database);
    SqliteMetadataStore metadata = new SqliteMetadataStore(database);
    GroupMetadata signing =
        new GroupMetadata(
            deployments,
            new GroupFiles(compilations),
            new MetadataPublisher(metadata, new FileSigner(folder.keys()), tools.clock()));
    workflow =
        new EmbeddedWorkflow(
            database, steps(signing).byFunctionName(), tools.pause(), log, tools.clock());
    Ports ports =
        new Ports(
            objects,
            compilations,
            deployments,
            new SqliteDeviceStore(database),
            new SqliteNonceStore(database),
            new SqliteIdempotencyStore(database),
            new SqliteUploadStore(database),
            metadata,
            new SqliteResultStore(database),
            new SqliteBenchmarkStore(database),
            signing,
            tools.inspector(),
            workflow,
            new OperatorLogin.Token(folder.operatorToken()),
            log,
            tools.clock());
    Wiring wiring = new Wiring(ports);
    wiring.recover();
    // What a rotation that was broken off left behind is published now.
    FileSigner.forgetPreviousRoot(folder.keys());
    new Orphans(database, folder.objects()).delete();
    workflow.resume();
    recover();
    ticker = new Ticker(TICK, wiring::tick, log);
    renewal = new Ticker(RENEWAL, wiring::renew, log);
    front.start(wiring.routes(), objects, addresses);
  }

  private static HttpFront bind(Options options, EventLog log) throws IOException {
    try {
      return HttpFront.bind(new InetSocketAddress(options.host(), options.port()), log);
    } catch (BindException e) {
      throw new ServiceException(
          ServiceErrorCode.OPTION_WRONG,
          "the options `--host` and `--port`",
          options.host() + ":" + options.port() + ": " + e.getMessage(),
          "an address of this machine that nobody listens to",
          "end the other program, or give another `--port`; 0 takes any free one");
    }
  }

  private Steps steps(GroupMetadata metadata) {
    Path work = folder.work();
    Clock clock = tools.clock();
    RecordedProgress progress = new RecordedProgress(compilations, clock);
    LocalCompileWorker worker =
        new LocalCompileWorker(
            tools.compiler(), tools.limits(), tools.environment(), tools.compilersAtOnce(), log);
    return new Steps(
        new InspectStep(compilations, objects, tools.inspector(), work, clock),
        new CompileStep(objects, worker, progress, work),
        new VerifyStep(objects, tools.selfTest(), progress, work),
        new PublishStep(compilations, objects, metadata, work, clock),
        new SummariseStep(compilations, objects, clock),
        new GiveUpStep(compilations, clock));
  }

  /// A compilation that nobody works on was recorded just before the service ended, or its
  /// execution failed: the first is started, the second tried anew.
  private void recover() {
    for (Compilation compilation : compilations.unfinished()) {
      int attempt = compilation.attempt();
      if (!workflow.knows(compilation.id(), attempt)) {
        workflow.start(compilation.id(), attempt);
      } else if (!workflow.isRunning(compilation.id(), attempt)
          && compilations.restart(compilation.id(), attempt, tools.clock().instant())) {
        workflow.start(compilation.id(), attempt + 1);
      }
    }
  }

  /// How clients reach it.
  public URI address() {
    return address;
  }

  public Path dataFolder() {
    return folder.path();
  }

  public Path operatorTokenFile() {
    return folder.operatorTokenFile();
  }

  /// Stops in good order: what is under way goes on at the next start.
  @Override
  public void close() throws IOException {
    front.close();
    ticker.close();
    renewal.close();
    workflow.close();
    database.close();
    folder.close();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    CommandLine.run(Options.USAGE, () -> run(Options.of(List.of(arguments))));
  }

  private static void run(Options options) throws IOException, InterruptedException {
    EmbeddedService service = start(options, Tools.standard());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try {
                service.close();
              } catch (IOException e) {
                service.log.fault("shutdown", e);
              }
            }));
    System.out.println(
        "edgewright service at "
            + service.address()
            + ", data in "
            + service.dataFolder()
            + ", operator token in "
            + service.operatorTokenFile());
    Thread.currentThread().join();
  }
}
