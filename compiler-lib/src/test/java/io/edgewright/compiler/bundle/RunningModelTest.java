package io.edgewright.compiler.bundle;

import static io.edgewright.compiler.bundle.TestBundle.floats;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the kernel tells of a `model` that is running, thread by thread.
class RunningModelTest {
  private static final int THREADS = 4;
  private static final int COUNT = 1000;

  @TempDir Path folder;
  private Process model = new ProcessBuilder("true").inheritIO().start();

  RunningModelTest() throws IOException {}

  @BeforeEach
  void start() throws Exception {
    TestBundle line = TestBundle.unpack(TinyPrograms.line(COUNT), folder);
    String program = line.folder().resolve("model").toString();
    model = new ProcessBuilder(program, "--threads", Integer.toString(THREADS)).start();
    awaitSleep();
  }

  @AfterEach
  void stop() {
    model.destroyForcibly();
  }

  @Test
  void hasGivenItsRightsAwayBeforeAByteCanBeRead() throws IOException {
    for (Map<String, String> thread : threads()) {
      assertThat(thread).containsEntry("Seccomp", "2").containsEntry("NoNewPrivs", "1");
    }
  }

  @Test
  void doesNothingWhileItWaits() throws Exception {
    for (int frame = 0; frame < 3; frame++) {
      answerOneFrame();
      awaitSleep();
      List<String> before = activity();
      Thread.sleep(300);
      assertThat(activity()).isEqualTo(before);
    }
  }

  @Test
  void pinsNoThreadToAProcessor() throws IOException {
    String own = status(Path.of("/proc/self/status")).getOrDefault("Cpus_allowed", "none");
    assertThat(threads())
        .allSatisfy(thread -> assertThat(thread).containsEntry("Cpus_allowed", own));
  }

  @Test
  void takesMemoryOnlyForWhatItUses() throws Exception {
    answerOneFrame();
    Map<String, String> thread = threads().getFirst();
    long resident = Long.parseLong(thread.getOrDefault("VmRSS", "").replace(" kB", ""));
    assertThat(resident).isLessThan(1024);
  }

  private void answerOneFrame() throws IOException {
    float[] frame = new float[COUNT];
    frame[COUNT - 1] = 3;
    model.getOutputStream().write(floats(frame));
    model.getOutputStream().flush();
    byte[] answer = model.getInputStream().readNBytes(COUNT * Float.BYTES);
    assertThat(answer).endsWith(floats(7));
  }

  /// Every thread asleep: one in a read, the others until there is work.
  private void awaitSleep() throws Exception {
    for (int look = 0; look < 1000; look++) {
      List<Map<String, String>> threads = threads();
      if (threads.size() == THREADS
          && threads.stream().allMatch(t -> t.getOrDefault("State", "").startsWith("S"))) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("not asleep: " + threads());
  }

  /// Processor time, in ticks, and how often each thread has slept: what waking up for nothing
  /// would change.
  private List<String> activity() throws IOException {
    String[] process = Files.readString(Path.of("/proc/" + model.pid() + "/stat")).split(" ", -1);
    Stream<String> ticks = Stream.of(process[13], process[14]);
    Stream<String> sleeps =
        threads().stream().map(thread -> thread.getOrDefault("voluntary_ctxt_switches", "none"));
    return Stream.concat(ticks, sleeps).toList();
  }

  private List<Map<String, String>> threads() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + model.pid() + "/task"))) {
      return tasks.sorted().map(task -> status(task.resolve("status"))).toList();
    }
  }

  private static Map<String, String> status(Path file) {
    Map<String, String> status = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(":\\s+", 2))
          .filter(parts -> parts.length == 2)
          .forEach(parts -> status.put(parts[0], parts[1]));
    } catch (IOException gone) {
      throw new java.io.UncheckedIOException(gone);
    }
    return status;
  }
}
