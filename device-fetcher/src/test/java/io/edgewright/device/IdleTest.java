package io.edgewright.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Home;
import io.edgewright.device.store.Store;
import io.edgewright.device.testing.Installing;
import io.edgewright.device.testing.Pictures;
import io.edgewright.device.testing.ToyBundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real program and its model cost while they wait for the next frame. */
@Tag("slow")
class IdleTest {
  private static final int SECONDS = Boolean.getBoolean("edgewright.soak") ? 120 : 8;
  private static final double MOST_PERCENT = 0.1;

  @TempDir Path folder;

  @Test
  void sleepsInTheKernelBetweenFrames() throws IOException, InterruptedException {
    Store store = new Store(new LocalDisk(), new Home(folder.resolve("home")));
    Installing.install(store, ToyBundle.named("toy").zip());
    store.saveEnrolment(new Enrolment("http://127.0.0.1:1", "id", "lobby", "toy", "toy", 3600));
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Pictures.write(pictures.resolve("a.ppm"), Pictures.ppm(6, 4));
    Pictures.write(pictures.resolve("b.ppm"), Pictures.ppm(6, 4));
    Process child = start(pictures);
    try (BufferedReader results =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(results.readLine()).contains("a.ppm");
      Thread.sleep(2000); // the compiler of the virtual machine finishes what it has begun
      long before = nanos(child);
      // Starting took a good part of a second: the kernel does count.
      assertThat(before).isGreaterThan(50_000_000);
      Thread.sleep(SECONDS * 1000L);
      double percent = (nanos(child) - before) / (SECONDS * 1e9) * 100;
      System.out.printf(
          Locale.ROOT, "between frames: %.4f %% of a core over %d s%n", percent, SECONDS);

      assertThat(child.isAlive()).isTrue();
      assertThat(percent).isLessThan(MOST_PERCENT);
    } finally {
      child.descendants().forEach(ProcessHandle::destroyForcibly);
      child.destroyForcibly();
    }
  }

  private Process start(Path pictures) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx24m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-XX:-UsePerfData"); // else the virtual machine wakes twenty times a second
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("run", "--input", pictures.toString(), "--every", "3600000"));
    command.addAll(List.of("--home", folder.resolve("home").toString()));
    return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
  }

  /** Time on a processor of the program and all that it has started, thread by thread. */
  private static long nanos(Process child) {
    return Stream.concat(Stream.of(child.toHandle()), child.descendants())
        .mapToLong(process -> nanos(process.pid()))
        .sum();
  }

  private static long nanos(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.mapToLong(IdleTest::nanosOfThread).sum();
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }

  /** The first number of `schedstat` is nanoseconds; `stat` counts hundredths of a second. */
  private static long nanosOfThread(Path thread) {
    try {
      return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
    } catch (IOException exception) {
      return 0; // it has ended
    }
  }
}
