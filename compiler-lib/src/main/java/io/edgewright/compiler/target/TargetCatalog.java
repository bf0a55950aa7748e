package io.edgewright.compiler.target;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.NearMatches;
import io.edgewright.compiler.diagnostics.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Every device that programs can be compiled for.
///
/// Most ids are a device. Some (`host` is one) mean "the first of a list that fits this machine";
/// what comes back for them bears the id that was asked for and all else of the device that was
/// chosen.
public final class TargetCatalog {
  private final SortedMap<String, TargetFile> files = new TreeMap<>();
  private final HostProcessor host;

  /// @param contents file name to its bytes
  /// @throws IllegalArgumentException when a file is wrong, or a choice names an unknown device
  TargetCatalog(Map<String, byte[]> contents, HostProcessor host) {
    this.host = host;
    contents.forEach((fileName, json) -> {
      TargetFile file = TargetFile.read(fileName, json);
      files.put(file.id(), file);
    });
    choices().forEach(choice -> choice.candidates().forEach(this::description));
  }

  /// The catalog that comes with the compiler, on this machine.
  public static TargetCatalog standard() {
    return Standard.CATALOG;
  }

  /// Read once, at first use.
  private static final class Standard {
    static final TargetCatalog CATALOG =
        new TargetCatalog(TargetResources.read(), HostProcessor.read());
  }

  /// All ids, sorted.
  public List<String> ids() {
    return List.copyOf(files.keySet());
  }

  /// All devices, sorted by id; what depends on this machine is left out.
  public List<Target> devices() {
    return files.values().stream()
        .filter(TargetFile.Description.class::isInstance)
        .map(file -> ((TargetFile.Description) file).target())
        .toList();
  }

  /// The core that an emulator stands in for devices of these features with, as qemu names it.
  public Optional<String> emulatedCpu(String triple, List<String> features) {
    return devices().stream()
        .filter(device -> device.triple().equals(triple) && device.features().equals(features))
        .flatMap(device -> device.emulatedCpu().stream())
        .findFirst();
  }

  /// The id that means this machine.
  public String hostId() {
    return choices().getFirst().id();
  }

  /// What is wrong with a request for `id`; empty when [#get] will find it.
  public Optional<Problem> problem(String id, Location where) {
    return switch (files.get(id)) {
      case null -> Optional.of(unknownProblem(id, where));
      case TargetFile.Description _ -> Optional.empty();
      case TargetFile.Choice choice ->
          resolve(choice).isPresent() ? Optional.empty() : Optional.of(unresolved(choice, where));
    };
  }

  /// What is wrong with `id` on any machine: there is no such target.
  public Optional<Problem> unknown(String id, Location where) {
    return files.containsKey(id) ? Optional.empty() : Optional.of(unknownProblem(id, where));
  }

  /// @param where named in the problem when there is no such target
  /// @throws CompileException when `id` is unknown, or means this machine and no device fits it
  public Target get(String id, Location where) {
    Optional<Target> found =
        switch (files.get(id)) {
          case null -> Optional.empty();
          case TargetFile.Description(Target target) -> Optional.of(target);
          case TargetFile.Choice choice -> resolve(choice);
        };
    return found.orElseThrow(() -> new CompileException(List.of(problem(id, where).orElseThrow())));
  }

  private Optional<Target> resolve(TargetFile.Choice choice) {
    return choice.candidates().stream()
        .map(this::description)
        .filter(host::runs)
        .findFirst()
        .map(target -> target.named(choice.id(), choice.title() + ": " + target.title()));
  }

  private Target description(String id) {
    if (files.get(id) instanceof TargetFile.Description(Target target)) {
      return target;
    }
    throw new IllegalArgumentException("`" + id + "` is not the id of a device");
  }

  private List<TargetFile.Choice> choices() {
    return files.values().stream()
        .filter(TargetFile.Choice.class::isInstance)
        .map(TargetFile.Choice.class::cast)
        .toList();
  }

  private Problem unknownProblem(String id, Location where) {
    return new Problem(
        ErrorCode.TARGET_UNKNOWN,
        where,
        "there is no target `" + id + "`",
        quoted(ids()),
        NearMatches.hint(id, ids(), "name one of the targets that are allowed"));
  }

  private Problem unresolved(TargetFile.Choice choice, Location where) {
    return new Problem(
        ErrorCode.HOST_UNSUPPORTED,
        where,
        "the processor of this machine (`"
            + host.architecture()
            + "`) fits no target of `"
            + choice.id()
            + "`",
        "Linux on a processor of " + quoted(choice.candidates()),
        "name the device that the program is for instead of `" + choice.id() + "`");
  }

  private static String quoted(Collection<String> ids) {
    return "`" + String.join("`, `", ids) + "`";
  }
}
