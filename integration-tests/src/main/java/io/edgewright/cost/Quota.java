package io.edgewright.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// A quota of AWS that a fleet may meet.
///
/// @param load which load it limits
/// @param answer what the stack does about it
record Quota(String name, int limit, Kind load, boolean adjustable, String source, String answer) {
  /// Loads of a fleet that quotas limit.
  enum Kind {
    REQUESTS_PER_SECOND("requestsPerSecond"),
    EXECUTIONS_AT_ONCE("executionsAtOnce"),
    HOTTEST_PARTITION_WRITES("hottestPartitionWrites"),
    HOTTEST_PARTITION_READS("hottestPartitionReads"),
    SIGNATURES_PER_SECOND("signaturesPerSecond"),
    COMPILATIONS_PER_SECOND("compilationsPerSecond"),
    DOWNLOADS_PER_SECOND("downloadsPerSecond");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    static Kind of(String text) {
      for (Kind kind : values()) {
        if (kind.text.equals(text)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no load " + text);
    }
  }

  static List<Quota> all() {
    List<Quota> quotas = new ArrayList<>();
    for (JsonNode quota : DataFile.read("quotas.json").get("quotas")) {
      quotas.add(
          new Quota(
              quota.get("name").asText(),
              quota.get("limit").asInt(),
              Kind.of(quota.get("load").asText()),
              quota.get("adjustable").asBoolean(),
              quota.get("source").asText(),
              quota.get("answer").asText()));
    }
    return quotas;
  }
}
