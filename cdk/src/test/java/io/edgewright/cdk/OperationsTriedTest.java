package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// docs/operations.md says of each section how it was tried, by tests that there are.
class OperationsTriedTest {
  private static final Pattern SECTION = Pattern.compile("(?m)^## ");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

  private final Path project = Path.of(System.getProperty("edgewright.project"));

  private String document() throws IOException {
    return Files.readString(project.resolve("docs/operations.md"));
  }

  @Test
  void everySectionSaysHowItWasTried() throws IOException {
    List<String> sections = SECTION.splitAsStream(document()).skip(1).toList();
    assertThat(sections)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            section -> assertThat(section).containsPattern("(?m)^Tried: ").containsPattern(NAMED));
  }

  /// Sources of tests by the names of their classes.
  private Map<String, Path> tests() throws IOException {
    Map<String, Path> tests = new HashMap<>();
    try (Stream<Path> modules = Files.list(project)) {
      for (Path module : modules.toList()) {
        Path sources = module.resolve("src/test/java");
        if (Files.isDirectory(sources)) {
          try (Stream<Path> files = Files.walk(sources)) {
            files
                .filter(file -> file.toString().endsWith("Test.java"))
                .forEach(
                    file -> tests.put(file.getFileName().toString().replace(".java", ""), file));
          }
        }
      }
    }
    return tests;
  }

  @Test
  void testsThatAreNamedAreThere() throws IOException {
    Map<String, Path> tests = tests();
    for (MatchResult named : NAMED.matcher(document()).results().toList()) {
      assertThat(tests).containsKey(named.group(1));
      Optional<String> method = Optional.ofNullable(named.group(2));
      if (method.isPresent()) {
        assertThat(tests.get(named.group(1)))
            .content()
            .containsPattern("@Test\\s+(@Tag\\(\"slow\"\\)\\s+)?void " + method.get() + "\\(");
      }
    }
  }

  /// A restored table has lost it.
  @Test
  void tablesWhoseRecordsExpireAreNamed() throws IOException {
    String document = document();
    String switchOn = document.substring(document.indexOf("`update-time-to-live`"));
    String sentence = switchOn.substring(0, switchOn.indexOf(')'));
    List<String> named =
        Pattern.compile("`([a-z]+)`").matcher(sentence).results().map(m -> m.group(1)).toList();
    List<String> expiring =
        StreamSupport.stream(Contract.tables().spliterator(), false)
            .filter(table -> table.has("timeToLive"))
            .map(table -> table.required("name").asText())
            .toList();
    assertThat(named).first().isEqualTo("expires");
    assertThat(named.subList(1, named.size())).containsExactlyElementsOf(expiring);
  }
}
