package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// docs/operations.md against the template.
@Tag("slow")
class OperationsTest {
  private final Path project = Path.of(System.getProperty("edgewright.project"));
  private final TemplateText template = new TemplateText(Synthesised.imageTemplate());

  @Test
  void everyAlarmHasItsHeading() throws IOException {
    List<String> alarms =
        template.resources("AWS::CloudWatch::Alarm").values().stream()
            .map(alarm -> alarm.required("AlarmName").asText().replace("edgewright-", ""))
            .sorted()
            .toList();
    List<String> headings =
        Files.readAllLines(project.resolve("docs/operations.md")).stream()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring(4))
            .toList();
    assertThat(alarms).isNotEmpty();
    assertThat(headings).isEqualTo(alarms);
  }

  @Test
  void everyAlarmIsSentAndSaysWhereToRead() {
    assertThat(template.resources("AWS::CloudWatch::Alarm").values())
        .allMatch(alarm -> alarm.required("AlarmActions").size() == 1)
        .allMatch(
            alarm -> alarm.required("AlarmDescription").asText().contains("docs/operations.md"));
  }
}
