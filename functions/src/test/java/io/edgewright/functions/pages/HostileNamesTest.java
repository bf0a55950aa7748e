package io.edgewright.functions.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.diagnostics.Blame;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.benchmark.Comparison;
import io.edgewright.functions.core.device.DeviceRegister.Entry;
import io.edgewright.functions.core.device.Rollouts.Standing;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Benchmark;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Deployment.Phase;
import io.edgewright.functions.core.store.DeploymentStore.Tally;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceStore.Report;
import io.edgewright.functions.core.store.Inspector.KnownTarget;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import io.edgewright.functions.pages.DeploymentsPage.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a model, a manifest or a device calls something, a page has the same tags.
class HostileNamesTest {
  private static final Instant NOW = Samples.NOON;
  private static final List<Function<String, String>> PAGES =
      List.of(
          HostileNamesTest::console,
          HostileNamesTest::compilation,
          HostileNamesTest::deployments,
          HostileNamesTest::benchmarks,
          HostileNamesTest::devices,
          HostileNamesTest::device,
          name -> LoginPage.html(name, List.of(problem(name))),
          name -> ProblemPage.html(400, name, List.of(problem(name))),
          name -> ErrorCodePage.html("EW-1001", "# EW-1001: " + name + "\n\n- " + name));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</textarea></style></title><script>alert(1)</script>",
        "<!--",
        "javascript:alert(1)",
        "&lt;script&gt;",
        "a\u202eb\u0000c\u0008",
      })
  void areText(String name) {
    for (Function<String, String> page : PAGES) {
      String plain = page.apply("name");
      String hostile = page.apply(name);
      for (String mark : List.of("<", ">", "\"", "'", "href=")) {
        assertThat(count(hostile, mark)).as(mark).isEqualTo(count(plain, mark));
      }
      assertThat(hostile).doesNotContain("<img", "\u202e", "\u0000", "href=\"javascript");
    }
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  private static ServiceProblem problem(String name) {
    return new ServiceProblem("EW-1004", Blame.CALLER, name, name, name, name);
  }

  private static Compilation named(String name) {
    Artifact artifact = new Artifact(name, Samples.digest("a"), 12, Artifact.Verification.DIGESTS);
    TargetStatus running = TargetStatus.running(name, name, 50);
    return new Compilation(
        Samples.digest("c").hex(),
        2,
        name,
        Samples.digest("m"),
        Samples.digest("n"),
        Samples.digest("o"),
        State.RUNNING,
        NOW,
        NOW,
        List.of(problem(name)),
        List.of(
            running,
            TargetStatus.queued(name),
            TargetStatus.done(name, artifact),
            running.failed(List.of(problem(name)))));
  }

  private static String console(String name) {
    ObjectNode figures = Json.object().put("title", name);
    return ConsolePage.html(
        new ConsolePage.View(
            new Page<>(List.of(named(name)), Optional.of(name)),
            true,
            List.of(new KnownTarget(name, List.of(name), figures)),
            List.of(shown(name, Phase.ROLLING_OUT)),
            List.of(entry(name)),
            NOW));
  }

  private static String deployments(String name) {
    List<Shown> shown = Stream.of(Phase.values()).map(phase -> shown(name, phase)).toList();
    return DeploymentsPage.html(new Page<>(shown, Optional.of(name)), NOW);
  }

  private static Shown shown(String name, Phase phase) {
    Deployment deployment =
        new Deployment(
            name,
            2,
            named(name).id(),
            Optional.of(named(name).id()),
            Deployment.Rollout.AT_ONCE,
            phase,
            0,
            NOW,
            NOW,
            name,
            3);
    return new Shown(deployment, name, Optional.of(new Standing(deployment, 5, new Tally(3, 1))));
  }

  private static String compilation(String name) {
    ObjectNode manifest = Json.object().put("name", name);
    return OneCompilationPage.html(
        new OneCompilationPage.View(named(name), List.of(name), manifest, NOW));
  }

  private static String benchmarks(String name) {
    ObjectNode measured = Json.object().put("throttled", true);
    measured.putObject("latency").put("medianMicros", 5).put("maximumMicros", name);
    Benchmark benchmark =
        new Benchmark(name, name, name, name, Samples.digest("b"), NOW, Json.text(measured));
    return BenchmarksPage.html(Optional.of(name), List.of(new Comparison(benchmark, measured)));
  }

  private static String devices(String name) {
    return DevicesPage.html(new Page<>(List.of(entry(name)), Optional.of(name)), false, NOW);
  }

  private static String device(String name) {
    Entry entry = entry(name);
    return OneDevicePage.html(
        new OneDevicePage.View(
            entry.device(), Optional.of(named(name)), entry.lastReport().stream().toList(), NOW));
  }

  private static Entry entry(String name) {
    Device device =
        new Device(
            name,
            new Device.Key(name, name),
            name,
            name,
            List.of(name),
            name,
            NOW,
            Optional.of(NOW));
    ObjectNode report =
        Json.object().put("event", name).put("detail", name).put("code", name).put("bundle", name);
    report.putObject("more").put(name, name).putArray("list").add(name);
    return new Entry(device, Optional.of(new Report(name, NOW, Json.text(report))));
  }
}
