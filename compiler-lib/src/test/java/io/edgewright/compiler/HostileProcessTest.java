package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Malformed and malicious files through the real command line, in a process with little memory:
/// each ends as `INDEX.tsv` says, with a code and a sentence that a user can act on, and leaves no
/// output behind when it is refused.
@Tag("slow")
class HostileProcessTest {
  private static final long MOST_KILOBYTES = 1 << 20;

  /// Of the processor: a busy machine makes nothing hang.
  private static final Duration MOST_TIME = Duration.ofSeconds(10);

  private static final ChildCompiler COMPILER =
      new ChildCompiler(List.of("-Xmx512m", "-Xss1m", "-XX:+UseSerialGC"), Map.of());

  /// Where the compiler does otherwise, and why.
  private static final Map<String, Ending> EXCEPTIONS =
      Map.of(
          // The arrays that a model names are read from no file: five products had to learn that.
          "ext_ok.onnx", Ending.REJECTED);

  enum Ending {
    ACCEPTED,
    REJECTED,
    LIMITED
  }

  record Case(String file, String expected) {
    Set<Ending> allowed() {
      if (EXCEPTIONS.containsKey(file)) {
        return Set.of(EXCEPTIONS.get(file));
      }
      return switch (expected) {
        case "accept" -> Set.of(Ending.ACCEPTED);
        case "reject" -> Set.of(Ending.REJECTED, Ending.LIMITED);
        case "limit" -> Set.of(Ending.LIMITED);
        case "accept-or-limit" -> Set.of(Ending.ACCEPTED, Ending.LIMITED);
        case "either" -> Set.of(Ending.ACCEPTED, Ending.REJECTED, Ending.LIMITED);
        default -> throw new IllegalArgumentException(expected);
      };
    }
  }

  @TempDir Path folder;

  static Stream<Case> cases() throws IOException {
    return Files.readAllLines(SharedTestdata.require("hostile/INDEX.tsv")).stream()
        .skip(1)
        .map(line -> Arrays.asList(line.split("\t", -1)))
        .map(cells -> new Case(cells.get(0), cells.get(2)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsAsTheIndexSays(Case test) throws Exception {
    Path model = SharedTestdata.require("hostile/" + test.file()).toAbsolutePath();
    Path place = Files.createDirectory(folder.resolve("out"));
    ChildCompiler.End end =
        COMPILER.compile(
            folder,
            List.of(model.toString(), "-o", place.toString(), "--target", "x86-64-v2", "--json"));
    assertThat(ending(end)).as(end.out() + end.err()).isIn(test.allowed());
    assertThat(end.peakKilobytes()).isLessThan(MOST_KILOBYTES);
    assertThat(end.processorTime()).isLessThan(MOST_TIME);
    assertThat(end.err()).doesNotContain("Exception", "\tat ");
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files.count()).isEqualTo(end.status() == 0 ? 1 : 0);
    }
  }

  private static Ending ending(ChildCompiler.End end) throws IOException {
    if (end.status() == 0) {
      return Ending.ACCEPTED;
    }
    assertThat(end.status()).as(end.err()).isIn(2, 3);
    JsonNode problems = new ObjectMapper().readTree(end.out());
    assertThat(problems).isNotEmpty();
    for (JsonNode problem : problems) {
      assertThat(problem.get("code").textValue()).matches("EW-[123][0-9]{3}");
      for (String part : List.of("where", "seen", "allowed", "hint")) {
        assertThat(problem.get(part).textValue()).as(part).isNotBlank().hasSizeLessThan(4096);
      }
    }
    return end.status() == 2 ? Ending.REJECTED : Ending.LIMITED;
  }

  @Test
  void everyExceptionIsInTheIndex() throws IOException {
    assertThat(cases().map(Case::file)).containsAll(EXCEPTIONS.keySet());
  }
}
