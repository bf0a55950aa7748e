package io.edgewright.functions.embedded;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.inspection.CompilerInspector;
import io.edgewright.functions.core.store.Artifact.Verification;
import io.edgewright.functions.core.store.SelfTest;
import io.edgewright.functions.embedded.workflow.Pause;
import io.edgewright.functions.worker.ChildProcess.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The whole service on a free port with the fake compiler behind it.
final class TestService implements AutoCloseable {
  static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 1L << 30, 10 << 20);

  private final EmbeddedService service;
  private final CheckedClient client;
  private final ByteArrayOutputStream log;

  private final Limits limits;
  private final Clock clock;

  private TestService(
      EmbeddedService service, ByteArrayOutputStream log, Limits limits, Clock clock)
      throws IOException {
    this.service = service;
    this.client = CheckedClient.of(service);
    this.log = log;
    this.limits = limits;
    this.clock = clock;
  }

  static TestService start(Path folder) throws IOException {
    return start(folder, LIMITS, Clock.systemUTC());
  }

  static TestService start(Path folder, Limits limits, Clock clock) throws IOException {
    return start(folder, 0, limits, clock);
  }

  /// Ends the service, and starts it again with the same data at the same address.
  TestService restarted() throws IOException {
    service.close();
    return start(service.dataFolder(), service.address().getPort(), limits, clock);
  }

  private static TestService start(Path folder, int port, Limits limits, Clock clock)
      throws IOException {
    var log = new ByteArrayOutputStream();
    Tools tools = tools(limits, new PrintStream(log, true, StandardCharsets.UTF_8), clock);
    return new TestService(start(folder, port, tools), log, limits, clock);
  }

  private static EmbeddedService start(Path folder, int port, Tools tools) throws IOException {
    return EmbeddedService.start(new Options("127.0.0.1", port, folder, Optional.empty()), tools);
  }

  /// One whose compiler says that it is another one.
  static TestService withCompiler(Path folder, Digest digest) throws IOException {
    var log = new ByteArrayOutputStream();
    Tools tools =
        tools(
            FakeCompiler.inspector(digest),
            LIMITS,
            new PrintStream(log, true, StandardCharsets.UTF_8),
            Clock.systemUTC(),
            time -> {});
    return new TestService(start(folder, 0, tools), log, LIMITS, Clock.systemUTC());
  }

  static Tools tools(Limits limits, PrintStream log, Clock clock) {
    return tools(limits, log, clock, time -> {});
  }

  static Tools tools(Limits limits, PrintStream log, Clock clock, Pause pause) {
    return tools(FakeCompiler.inspector(), limits, log, clock, pause);
  }

  private static Tools tools(
      CompilerInspector inspector, Limits limits, PrintStream log, Clock clock, Pause pause) {
    return new Tools(
        inspector,
        FakeCompiler.command("-Xmx64m"),
        limits,
        Map.of(),
        2,
        new AlwaysGood(),
        pause,
        log,
        clock);
  }

  /// Whatever the fake compiler makes runs well.
  private record AlwaysGood() implements SelfTest {
    @Override
    public Outcome run(Path folder, String triple, List<String> features) {
      return new Outcome.Passed(Verification.NATIVE);
    }
  }

  CheckedClient client() {
    return client;
  }

  EmbeddedService service() {
    return service;
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /// The log, once it says this. An execution says that it ended after its compilation shows it.
  String logWith(String part) {
    while (!log().contains(part)) {
      CheckedClient.pause();
    }
    return log();
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
