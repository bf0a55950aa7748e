package io.edgewright.compiler.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Manifests that were changed at random: reader and schema agree on each, and nothing but problems
/// comes out of the reader.
class ManifestMutationTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1",
          "1.5",
          "2.0",
          "255",
          "4096",
          "1e9",
          "\"\"",
          "\"x\"",
          "\"rgb\"",
          "\"gray\"",
          "\"image\"",
          "\"tensor\"",
          "\"classes\"",
          "\"ssd\"",
          "\"boxes\"",
          "\"softmax\"",
          "\"first\"",
          "\"host\"",
          "\"fp32\"",
          "[]",
          "{}",
          "[1]",
          "[1, 2, 3]",
          "[0.1, 0.2]",
          "[8, 16]",
          "[\"host\"]",
          "{\"device\": \"host\"}",
          "{\"iou\": 0.5}",
          "[{\"stride\": 8, \"perCell\": 2}]",
          "[{\"stride\": 8, \"sizes\": [[1, 2]]}]",
          "{\"fit\": \"letterbox\", \"padding\": [1, 2, 3]}",
          "{\"kind\": \"tensor\"}",
          "{\"kind\": \"image\", \"color\": \"gray\"}");
  private static final List<String> FIELDS =
      List.of(
          "name",
          "kind",
          "color",
          "pixels",
          "mean",
          "scale",
          "layout",
          "resize",
          "width",
          "padding",
          "fit",
          "family",
          "boxes",
          "scores",
          "tensor",
          "anchors",
          "variances",
          "strides",
          "nms",
          "activation",
          "background",
          "threshold",
          "maximum",
          "labels",
          "top",
          "softmax",
          "unit",
          "format",
          "precision",
          "device",
          "budget",
          "run",
          "dims",
          "memoryBytes",
          "threads",
          "other");

  private final Random random = new Random(11);

  @Test
  void findsReaderAndSchemaOfOneMind() throws IOException {
    List<String> seeds = ManifestCases.good().toList();
    int accepted = 0;
    for (int round = 0; round < 3000; round++) {
      JsonNode manifest = JSON.readTree(seeds.get(random.nextInt(seeds.size())));
      for (int change = random.nextInt(3); change >= 0; change--) {
        mutate(manifest);
      }
      String json = manifest.toString();
      boolean byReader = problems(json).isEmpty();
      boolean bySchema = ManifestSchemaTest.SCHEMA.validate(json, InputFormat.JSON).isEmpty();
      assertThat(byReader).describedAs(json).isEqualTo(bySchema);
      accepted += byReader ? 1 : 0;
    }
    assertThat(accepted).isBetween(150, 2850);
  }

  /// Problems that a schema can tell: not whether a device exists or stands there twice.
  private static List<Problem> problems(String json) {
    try {
      ManifestReader.read(json.getBytes(UTF_8));
      return List.of();
    } catch (CompileException e) {
      return e.problems().stream()
          .filter(problem -> problem.code() != ErrorCode.TARGET_UNKNOWN)
          .filter(problem -> !problem.allowed().equals("each device once"))
          .toList();
    }
  }

  /// Sets, adds or removes one field or element somewhere.
  private void mutate(JsonNode root) throws IOException {
    List<JsonNode> places = new ArrayList<>();
    collect(root, places);
    switch (places.get(random.nextInt(places.size()))) {
      case ObjectNode object -> {
        List<String> names = new ArrayList<>(FIELDS);
        object.fieldNames().forEachRemaining(name -> names.addAll(List.of(name, name, name, name)));
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(4) == 0) {
          object.remove(name);
        } else {
          object.set(name, value());
        }
      }
      case ArrayNode array -> {
        if (!array.isEmpty() && random.nextBoolean()) {
          array.set(random.nextInt(array.size()), value());
        } else if (!array.isEmpty() && random.nextBoolean()) {
          array.remove(random.nextInt(array.size()));
        } else {
          array.add(value());
        }
      }
      default -> throw new IllegalStateException("only objects and arrays are collected");
    }
  }

  private static void collect(JsonNode node, List<JsonNode> places) {
    if (node.isContainerNode()) {
      places.add(node);
      node.forEach(child -> collect(child, places));
    }
  }

  private JsonNode value() throws IOException {
    return JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
  }

  @Test
  void survivesBytesThatWereChanged() {
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = ManifestCases.example("yolox").getBytes(UTF_8);
      for (int change = 0; change < 3; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(ManifestReader.read(bytes).name()).isNotEmpty();
      } catch (CompileException refused) {
        assertThat(refused.problems()).isNotEmpty();
      }
    }
  }
}
