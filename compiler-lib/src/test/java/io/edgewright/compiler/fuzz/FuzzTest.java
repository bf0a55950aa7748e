package io.edgewright.compiler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A minute of fuzzing in a process of its own, with a heap of 1 GB; a million inputs with
/// `./edgewright test --soak`. Jazzer's own checks watch for connections and started programs.
@Tag("slow")
class FuzzTest {
  private static final boolean SOAK = Boolean.getBoolean("edgewright.soak");
  private static final long SOAK_RUNS = 1_000_000;
  private static final int SECONDS = 60;
  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in \\d+ second");

  @TempDir Path folder;

  @Test
  void noModelBreaksTheCompiler() throws IOException, InterruptedException {
    Path log = folder.resolve("fuzzing.txt");
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    Process process =
        new ProcessBuilder(command(corpus))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int status = process.waitFor();
    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertThat(status).as(findings(said)).isZero();
    Matcher done = DONE.matcher(said);
    assertThat(done.find()).as(said).isTrue();
    long runs = Long.parseLong(done.group(1));
    System.out.printf("fuzzing: %,d models, none broke the compiler%n", runs);
    assertThat(runs).isGreaterThanOrEqualTo(SOAK ? SOAK_RUNS : 1);
  }

  private static List<String> command(Path corpus) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+EnableDynamicAgentLoading"));
    // A fault that comes often would lose its trace.
    command.add("-XX:-OmitStackTraceInFastThrow");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Jazzer.class.getName()));
    command.add("--target_class=" + CompileTarget.class.getName());
    command.add("--instrumentation_includes=io.edgewright.**");
    command.add("--custom_hook_includes=io.edgewright.**");
    command.add(SOAK ? "-runs=" + SOAK_RUNS : "-max_total_time=" + SECONDS);
    // Long enough for a dozen changes from the start; the same search every time.
    command.addAll(List.of("-len_control=0", "-max_len=300", "-seed=1"));
    command.add(corpus.toString());
    return command;
  }

  /// What Jazzer found, without its progress.
  private static String findings(String said) {
    int first = said.indexOf("== Java Exception");
    return first < 0 ? said : said.substring(first);
  }
}
