package io.edgewright.functions.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.CompileWorker.Job;
import io.edgewright.functions.worker.ChildProcess.Limits;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Compilers that reach the limit of memory with a heap that has room.
@EnabledOnOs(OS.LINUX)
class LocalCompileWorkerTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home", ""), "bin", "java").toString();

  @TempDir private Path folder;

  /// Starts threads until there is no memory for another.
  static final class Starter {
    public static void main(String[] arguments) {
      var never = new CountDownLatch(1);
      while (true) {
        Thread thread = new Thread(() -> await(never));
        thread.setDaemon(true);
        thread.start();
      }
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void assertOutOfMemory(long megabytes, List<String> command) {
    var limits = new Limits(Duration.ofMinutes(2), megabytes << 20, 1 << 20);
    var log = new EventLog(new PrintStream(OutputStream.nullOutputStream()), Clock.systemUTC());
    var worker = new LocalCompileWorker((_, _, _) -> command, limits, Map.of(), 1, log);
    Path model = folder.resolve("model.onnx");
    assertThatThrownBy(
            () -> worker.compile(new Job("c", "host", folder, model, model), stage -> {}))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("EW-4051")
        .hasMessageContaining("at most " + megabytes + " MiB");
  }

  @Test
  void needMemoryBesideTheirHeap() {
    assertOutOfMemory(30, List.of(JAVA, "-XX:+UseSerialGC", "-Xmx1g", "-version"));
  }

  @Test
  void needMemoryForThreads() {
    assertOutOfMemory(
        400,
        List.of(
            JAVA,
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path", ""),
            Starter.class.getName()));
  }
}
