package io.edgewright.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The results for programs: everything that the tables show, with units in the names.
record BenchJson(BenchResult result) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  String text() {
    ObjectNode json = object();
    json.put("onnxRuntime", result.runtimeVersion()).put("quick", result.quick());
    json.set("machine", machine(result.machine()));
    json.set("floatModels", group(result.of(false)));
    json.set("int8Models", group(result.of(true)));
    ArrayNode failures = json.putArray("notMeasured");
    result
        .failures()
        .forEach(f -> failures.addObject().put("model", f.model()).put("reason", f.reason()));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ObjectNode machine(Machine machine) {
    ObjectNode json = object();
    json.put("processor", machine.processor()).put("processors", machine.processors());
    machine.peakOneThread().ifPresent(peak -> json.put("peakFlopsPerSecondOneThread", peak));
    machine.peakTwoThreads().ifPresent(peak -> json.put("peakFlopsPerSecondTwoThreads", peak));
    return json;
  }

  private ObjectNode group(List<Measurement> measured) {
    ObjectNode json = object();
    if (!measured.isEmpty()) {
      json.put("geometricMeanOneThread", mean(measured, true));
      json.put("geometricMeanTwoThreads", mean(measured, false));
    }
    ArrayNode models = json.putArray("models");
    measured.forEach(one -> models.add(model(one)));
    return json;
  }

  private static double mean(List<Measurement> measured, boolean oneThread) {
    return Spread.geometricMean(
        measured.stream()
            .map(one -> (oneThread ? one.oneThread() : one.twoThreads()).ratio())
            .toList());
  }

  private ObjectNode model(Measurement one) {
    ObjectNode json = object();
    json.put("name", one.model().name()).put("flops", one.flops());
    json.set("oneThread", duel(one.oneThread()));
    json.set("twoThreads", duel(one.twoThreads()));
    result
        .machine()
        .peakOneThread()
        .ifPresent(peak -> json.put("shareOfPeakOneThread", one.flopsPerSecond() / peak));
    Measurement.Artifact artifact = one.artifact();
    json.put("compileMillis", artifact.compileMillis());
    json.put("bundleBytes", artifact.bundle()).put("libraryBytes", artifact.library());
    json.put("weightsBytes", artifact.weights()).put("arenaBytes", artifact.arena());
    one.starts()
        .ifPresent(starts -> {
          json.set("processOnnxRuntime", start(starts.theirs()));
          json.set("processOurs", start(starts.ours()));
        });
    return json;
  }

  private static ObjectNode duel(Duel duel) {
    ObjectNode json = object().put("ratio", duel.ratio());
    json.put("ratioOfFastest", duel.ratioOfFastest());
    json.set("onnxRuntime", spread(duel.theirs()));
    json.set("ours", spread(duel.ours()));
    return json;
  }

  private static ObjectNode spread(Spread spread) {
    return object()
        .put("fastestMillis", spread.fastest())
        .put("lowerQuartileMillis", spread.lowerQuartile())
        .put("medianMillis", spread.median())
        .put("upperQuartileMillis", spread.upperQuartile())
        .put("inferences", spread.count());
  }

  private static ObjectNode start(FirstResult start) {
    return object()
        .put("firstResultMillis", start.millis())
        .put("residentBytes", start.residentBytes());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
