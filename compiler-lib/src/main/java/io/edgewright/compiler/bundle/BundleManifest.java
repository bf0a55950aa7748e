package io.edgewright.compiler.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.toolchain.Sha256;
import java.util.List;
import java.util.Optional;

/// `bundle.json`: what a bundle is for, and what is in it. Its schema is `bundle.schema.json`.
///
/// @param entries every entry but `bundle.json` itself
public record BundleManifest(
    NativeProgram program,
    Target target,
    Golden golden,
    Provenance provenance,
    Optional<RunSettings> run,
    List<BundleEntry> entries) {
  static final String PATH = "bundle.json";
  static final String GOLDEN_INPUT = "golden/input.bin";
  static final String GOLDEN_OUTPUT = "golden/output.bin";

  /// A reader of another format must not guess.
  private static final int FORMAT = 1;

  public BundleManifest {
    entries = List.copyOf(entries);
  }

  /// @param footprint of microcontrollers
  byte[] json(Optional<Footprint> footprint) {
    ObjectNode json = Json.object();
    json.put("format", FORMAT).put("name", program.name());
    json.set("target", targetJson());
    json.put("compiler", "sha256:" + provenance.compiler());
    json.put("model", "sha256:" + provenance.model());
    json.put("manifest", "sha256:" + provenance.manifest());
    json.set("entries", Json.array(entries.stream().map(BundleManifest::entryJson).toList()));
    json.set("inputs", PortJson.of(program.inputs()));
    json.set("outputs", PortJson.of(program.outputs()));
    json.put("arenaBytes", program.arenaBytes()).put("weightsBytes", program.weights().length);
    footprint.ifPresent(taken -> json.set("footprint", taken.json()));
    json.set("golden", goldenJson());
    json.set(
        "predicted",
        Json.object()
            .put("latencyMillis", program.predictedMicros() / 1000)
            .put("flops", program.flops()));
    run.ifPresent(settings -> json.set("run", Json.of(settings.fields())));
    return Json.lines(json);
  }

  private ObjectNode targetJson() {
    ObjectNode json = Json.object();
    json.put("id", target.id()).put("triple", target.triple()).put("cpu", target.cpu());
    json.set("features", Json.texts(target.features()));
    return json;
  }

  private static ObjectNode entryJson(BundleEntry entry) {
    return Json.object()
        .put("path", entry.path())
        .put("bytes", entry.bytes().length)
        .put("sha256", Sha256.hex(entry.bytes()))
        .put("executable", entry.executable());
  }

  private ObjectNode goldenJson() {
    ObjectNode json = Json.object();
    json.put("input", GOLDEN_INPUT).put("output", GOLDEN_OUTPUT);
    var tolerances = json.putArray("absoluteTolerance");
    golden.absoluteTolerance().forEach(tolerances::add);
    return json.put("relativeTolerance", golden.relativeTolerance());
  }
}
