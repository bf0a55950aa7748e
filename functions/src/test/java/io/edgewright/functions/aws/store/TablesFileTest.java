package io.edgewright.functions.aws.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.aws.AwsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TablesFileTest {
  private static final Path SOURCES =
      Path.of(System.getProperty("edgewright.project", ".."))
          .resolve("functions/src/main/java/io/edgewright/functions/aws/store");

  @Test
  void describesEveryTableInTheSameWay() {
    for (JsonNode table : AwsServer.description()) {
      String name = table.required("name").asText();
      assertThat(table.required("about").asText()).as(name).isNotEmpty();
      List<JsonNode> keyed = new ArrayList<>(List.of(table));
      table.path("indexes").forEach(keyed::add);
      for (JsonNode owner : keyed) {
        assertThat(owner.required("partitionKey").required("type").asText()).isIn("S", "N");
        assertThat(owner.path("sortKey").path("type").asText("S")).isIn("S", "N");
      }
      for (JsonNode index : table.path("indexes")) {
        assertThat(index.required("projection").asText()).isIn("ALL", "KEYS_ONLY");
      }
      assertThat(table.path("timeToLive").asText(Tables.EXPIRES)).isEqualTo(Tables.EXPIRES);
    }
  }

  @Test
  void listsExactlyTheTablesThatTheStoresUse() throws IOException {
    var used = new TreeSet<String>();
    Pattern use = Pattern.compile("tables\\.table\\(\"([a-z]+)\"\\)");
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        Matcher matcher = use.matcher(Files.readString(file));
        while (matcher.find()) {
          used.add(matcher.group(1));
        }
      }
    }
    var listed = new TreeSet<String>();
    AwsServer.description().forEach(table -> listed.add(table.required("name").asText()));
    assertThat(used).isEqualTo(listed);
  }
}
