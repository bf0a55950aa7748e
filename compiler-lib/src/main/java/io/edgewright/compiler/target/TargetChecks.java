package io.edgewright.compiler.target;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// What every description of a device must satisfy. The names are what a contributor reads when a
/// new file does not.
final class TargetChecks {
  private record Check(String rule, Predicate<Target> holds) {}

  private static final String MICROCONTROLLER = "microcontroller";

  /// Figures that a reader would not believe without a source.
  private static final List<String> NEED_SOURCES =
      List.of(
          "features",
          "vectorBits",
          "l1DataBytes",
          "l2Bytes",
          "cores",
          "memoryBytes",
          "clockMegahertz",
          "watts",
          "priceBand");

  private static final List<Check> CHECKS =
      List.of(
          new Check(
              "id is lower case letters, digits, dots and hyphens",
              t -> t.id().matches("[a-z0-9][a-z0-9.-]{0,62}")),
          new Check(
              "triple is architecture-system-abi",
              t -> t.triple().matches("[a-z0-9_.]+-[a-z0-9]+-[a-z0-9]+")),
          new Check(
              "features are flags of /proc/cpuinfo, each once",
              t ->
                  t.features().stream().allMatch(f -> f.matches("[a-z0-9_]+"))
                      && Set.copyOf(t.features()).size() == t.features().size()),
          new Check(
              "vectorBits is a power of two from 32 to 2048",
              t ->
                  t.vectorBits() >= 32
                      && t.vectorBits() <= 2048
                      && Integer.bitCount(t.vectorBits()) == 1),
          new Check(
              "vectorRegisters is from 8 to 64",
              t -> t.vectorRegisters() >= 8 && t.vectorRegisters() <= 64),
          new Check(
              "l1DataBytes is from 1 KiB to 1 MiB, or 0 on a microcontroller",
              t ->
                  (t.l1DataBytes() >= 1 << 10 && t.l1DataBytes() <= 1 << 20)
                      || (t.l1DataBytes() == 0 && t.microcontroller().isPresent())),
          new Check(
              "l2Bytes is 0 or more than l1DataBytes",
              t -> t.l2Bytes() == 0 || t.l2Bytes() > t.l1DataBytes()),
          new Check("cores is from 1 to 256", t -> t.cores() >= 1 && t.cores() <= 256),
          new Check("memoryBytes is more than l2Bytes", t -> t.memoryBytes() > t.l2Bytes()),
          new Check(
              "clockMegahertz is from 10 to 10000",
              t -> t.clockMegahertz() >= 10 && t.clockMegahertz() <= 10_000),
          new Check(
              "throughput is up to 8 operations a cycle and 1 MB to 1 TB a second",
              t ->
                  t.throughput().vectorOperationsPerCycle() > 0
                      && t.throughput().vectorOperationsPerCycle() <= 8
                      && t.throughput().memoryBytesPerSecond() >= 1_000_000
                      && t.throughput().memoryBytesPerSecond() <= 1_000_000_000_000L),
          new Check("watts is more than 0, at most 1000", t -> t.watts() > 0 && t.watts() <= 1000),
          new Check(
              "priceBand goes from low to high",
              t ->
                  t.priceBand().fromDollars() >= 0
                      && t.priceBand().toDollars() >= t.priceBand().fromDollars()),
          new Check(
              "compilerFlags name the cpu",
              t ->
                  t.compilerFlags().stream()
                      .anyMatch(flag -> flag.matches("-m(arch|cpu)=" + t.cpu() + "(\\+.*)?"))),
          new Check(
              "a microcontroller has flash, no system, and a source",
              t ->
                  t.microcontroller().isPresent() == t.triple().contains("-none-")
                      && t.microcontroller()
                          .map(m -> m.flashBytes() > 0 && t.sources().containsKey(MICROCONTROLLER))
                          .orElse(true)),
          new Check(
              "sources cover " + NEED_SOURCES,
              t -> t.sources().keySet().containsAll(NEED_SOURCES)));

  private TargetChecks() {}

  /// @param fields the field names of the file, which are all that `sources` may speak of
  /// @throws IllegalArgumentException with every rule that is broken
  static void verify(Target target, Set<String> fields) {
    List<String> broken =
        CHECKS.stream().filter(check -> !check.holds().test(target)).map(Check::rule).toList();
    if (!broken.isEmpty()) {
      throw new IllegalArgumentException(
          target.id() + ".json breaks: " + String.join("; ", broken));
    }
    if (fields.contains("throughput") && !target.sources().containsKey("throughput")) {
      throw new IllegalArgumentException(target.id() + ".json: throughput without a source");
    }
    if (!fields.containsAll(target.sources().keySet())) {
      throw new IllegalArgumentException(target.id() + ".json: sources of unknown fields");
    }
  }
}
