package io.edgewright.compiler.manifest;

import io.edgewright.compiler.tensor.Dimension;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What to build from a model. Every default that does not depend on the model is filled in.
///
/// @param targets in the caller's order, each device once
/// @param dims of the model's named dimensions, the number or the most that it can be
/// @param inputs by name; an input that is not here is a raw tensor
public record Manifest(
    String name,
    List<TargetChoice> targets,
    Map<String, Dimension> dims,
    Map<String, InputDescription> inputs,
    OutputDescription output,
    Budget budget,
    RunPlan run) {
  /// The device that is meant where none is named: the machine that compiles.
  public static final String HOST = "host";

  public Manifest {
    targets = List.copyOf(targets);
    dims = Collections.unmodifiableMap(new TreeMap<>(dims));
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
  }

  /// What holds where nothing is said: raw tensors, for this machine.
  public static Manifest raw(String name) {
    return new Manifest(
        name,
        List.of(new TargetChoice(HOST, Precision.FP32)),
        Map.of(),
        Map.of(),
        new OutputDescription.Tensors(),
        Budget.NONE,
        RunPlan.DEFAULT);
  }

  /// The same product for other devices.
  public Manifest withTargets(List<TargetChoice> changed) {
    return new Manifest(name, changed, dims, inputs, output, budget, run);
  }

  /// What the manifest says of one device; a device that it does not name is taken plainly.
  public TargetChoice choice(String device) {
    return targets.stream()
        .filter(target -> target.device().equals(device))
        .findFirst()
        .orElse(new TargetChoice(device, Precision.FP32));
  }

  /// What a bundle for this device depends on: all but the other devices.
  public Manifest forDevice(String device) {
    return withTargets(List.of(choice(device)));
  }

  /// The same manifest with more dimensions; they win over those that it has.
  public Manifest withDims(Map<String, Dimension> more) {
    Map<String, Dimension> all = new TreeMap<>(dims);
    all.putAll(more);
    return new Manifest(name, targets, all, inputs, output, budget, run);
  }

  /// The same manifest with numbers for dimensions.
  public Manifest withFixedDims(Map<String, Long> numbers) {
    Map<String, Dimension> fixed = new TreeMap<>();
    numbers.forEach((name, number) -> fixed.put(name, Dimension.of(number)));
    return withDims(fixed);
  }

  /// Canonical bytes: manifests of the same meaning have the same.
  public byte[] normalisedJson() {
    return NormalForm.bytes(this);
  }
}
