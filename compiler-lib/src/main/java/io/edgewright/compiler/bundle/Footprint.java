package io.edgewright.compiler.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.target.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a model takes of a microcontroller. Sizes are those of the sections in the object that
/// firmware is linked with, so they are the firmware's, too; what lies between sections for the
/// sake of alignment is not in them. A model has no variables of its own.
///
/// @param codeBytes machine code
/// @param constantBytes tables that describe the model, and constants of the code
/// @param weightsBytes `weights.bin`
/// @param arenaBytes what the caller hands to `ew_run`
/// @param stackBytes what `ew_run` takes of its caller's stack at most
public record Footprint(
    long codeBytes, long constantBytes, long weightsBytes, long arenaBytes, long stackBytes) {

  public long flashBytes() {
    return codeBytes + constantBytes + weightsBytes;
  }

  /// Without inputs and outputs, which lie wherever the caller has them.
  public long ramBytes() {
    return arenaBytes + stackBytes;
  }

  /// What is known before the C is compiled; the rest is taken for nothing.
  public static Footprint atLeast(long weightsBytes, long arenaBytes) {
    return new Footprint(0, 0, weightsBytes, arenaBytes, 0);
  }

  /// What a device has too little of; nothing where an operating system shares it out.
  public List<Problem> problems(Target target) {
    return target
        .microcontroller()
        .map(device ->
            Stream.of(
                    problem(target, "flash", flashBytes(), device.flashBytes(), flashParts()),
                    problem(target, "RAM", ramBytes(), target.memoryBytes(), ramParts()))
                .flatMap(Optional::stream)
                .toList())
        .orElse(List.of());
  }

  private static Optional<Problem> problem(
      Target target, String memory, long needed, long there, Map<String, Long> parts) {
    if (needed <= there) {
      return Optional.empty();
    }
    String known =
        parts.entrySet().stream()
            .filter(part -> part.getValue() > 0)
            .map(part -> part.getKey() + " " + part.getValue())
            .collect(Collectors.joining(", "));
    return Optional.of(
        new Problem(
            ErrorCode.DEVICE_TOO_SMALL,
            new Location(memory + " of `" + target.id() + "`"),
            "the model needs %d bytes, %d more than there are: %s"
                .formatted(needed, needed - there, known),
            "at most " + there + " bytes",
            "take a smaller or a quantised model, a smaller input, or a device with more "
                + memory));
  }

  private Map<String, Long> flashParts() {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("code", codeBytes);
    parts.put("constants", constantBytes);
    parts.put("weights", weightsBytes);
    return parts;
  }

  private Map<String, Long> ramParts() {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("arena", arenaBytes);
    parts.put("stack", stackBytes);
    return parts;
  }

  /// The parts of either memory, with their sum as `bytes`.
  ObjectNode json() {
    ObjectNode json = Json.object();
    json.set("flash", json(flashBytes(), flashParts()));
    json.set("ram", json(ramBytes(), ramParts()));
    return json;
  }

  private static ObjectNode json(long bytes, Map<String, Long> parts) {
    ObjectNode json = Json.object().put("bytes", bytes);
    parts.forEach(json::put);
    return json;
  }
}
