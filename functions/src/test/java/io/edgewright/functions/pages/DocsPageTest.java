package io.edgewright.functions.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.ServiceErrorCode;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocsPageTest {
  private static final String PAGE = DocsPage.html();
  private final ApiFile api = ApiFile.read();

  @Test
  void showsEveryOperationWithItsAnswersAndParameters() {
    List<OperationDocs> operations = OperationDocs.all(api);
    assertThat(operations).hasSizeGreaterThan(20);
    for (OperationDocs operation : operations) {
      String part = part(operation.operation().path("operationId").asText());
      assertThat(part).contains(">" + operation.method() + "<", ">" + operation.path() + "<");
      for (var answer : operation.operation().path("responses").properties()) {
        assertThat(part).as(operation.path()).contains(answer.getKey());
      }
      for (JsonNode parameter : operation.operation().path("parameters")) {
        assertThat(part).contains("<code>" + api.resolve(parameter).path("name").asText());
      }
    }
  }

  private static String part(String id) {
    int from = PAGE.indexOf("<article class=\"card\" id=\"" + id + "\">");
    assertThat(from).as(id).isPositive();
    return PAGE.substring(from, PAGE.indexOf("</article>", from));
  }

  @Test
  void showsEverySchemaWithEveryField() {
    for (var schema : api.at("/components/schemas").properties()) {
      String part = part("schema-" + schema.getKey());
      for (var field : schema.getValue().path("properties").properties()) {
        assertThat(part).contains("<code>" + field.getKey() + "</code>");
      }
    }
  }

  @Test
  void leadsOnlyToWhatIsThere() {
    List<String> anchors =
        Pattern.compile("href=\"#([^\"]+)\"")
            .matcher(PAGE)
            .results()
            .map((MatchResult found) -> found.group(1))
            .distinct()
            .toList();
    assertThat(anchors).hasSizeGreaterThan(40);
    assertThat(anchors).allSatisfy(anchor -> assertThat(PAGE).contains(" id=\"" + anchor + "\""));
  }

  @Test
  void namesEveryErrorOfTheService() {
    for (ServiceErrorCode code : ServiceErrorCode.values()) {
      assertThat(PAGE).contains("href=\"/v1/errors/" + code.id() + "\"");
    }
  }

  @Test
  void showsExamples() {
    assertThat(part("createPlan")).contains("&quot;predictedLatencyMillis&quot;: 4.31");
  }

  @Test
  void everyTagOfAnOperationHasASection() {
    List<String> tags = api.at("/tags").findValuesAsText("name");
    for (OperationDocs operation : OperationDocs.all(api)) {
      assertThat(tags).anyMatch(operation::isTagged);
    }
  }
}
