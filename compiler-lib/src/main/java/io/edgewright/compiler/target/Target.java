package io.edgewright.compiler.target;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A device that programs are compiled for.
///
/// @param id the name in manifests and on the command line
/// @param title one line for people
/// @param tier how well the target is looked after
/// @param triple architecture, system and ABI, as clang names them
/// @param cpu the core, as clang names it
/// @param emulatedCpu the core, or the nearest one, as qemu names it; empty where qemu has none
/// @param features what the processor must have, in the names of `/proc/cpuinfo` on Linux
/// @param vectorBits width of the widest vector register that pays
/// @param vectorRegisters how many there are
/// @param fusedMultiplyAdd whether a multiplication and an addition are one instruction
/// @param l2Bytes level 2 cache; where cores share it, all of it
/// @param memoryBytes memory of the smallest variant; of a microcontroller, the largest RAM in one
///   piece
/// @param clockMegahertz sustained, all cores busy
/// @param throughput what one core does in a cycle and gets from memory in a second
/// @param watts the whole device, all cores busy
/// @param compilerFlags for clang, beside the triple
/// @param microcontroller present where no system loads programs: the model becomes a part of the
///   device's firmware
/// @param sources field name to where its figure comes from
public record Target(
    String id,
    String title,
    Tier tier,
    String triple,
    String cpu,
    Optional<String> emulatedCpu,
    List<String> features,
    int vectorBits,
    int vectorRegisters,
    boolean fusedMultiplyAdd,
    long l1DataBytes,
    long l2Bytes,
    int cores,
    long memoryBytes,
    int clockMegahertz,
    Throughput throughput,
    double watts,
    PriceBand priceBand,
    List<String> compilerFlags,
    Optional<Microcontroller> microcontroller,
    Map<String, String> sources) {

  /// How well a target is looked after.
  public enum Tier {
    /// Artifacts run in the tests, natively or under emulation.
    TESTED,
    /// Artifacts are built in the tests, but not run.
    BUILDS,
    /// Described, so that plans can count with it.
    PLANNED
  }

  /// What bounds a kernel on one core.
  ///
  /// @param vectorOperationsPerCycle full vectors whose multiply-add, or multiplication where there
  ///   is no such instruction, can begin in one cycle
  /// @param memoryBytesPerSecond one core reading more than the caches hold
  public record Throughput(double vectorOperationsPerCycle, long memoryBytesPerSecond) {
    private static final long BYTES_PER_CYCLE = 2;

    /// What is assumed of a core that nobody has described: one operation a cycle, and memory that
    /// gives two bytes in each.
    static Throughput assumed(int clockMegahertz) {
      return new Throughput(1, BYTES_PER_CYCLE * clockMegahertz * 1_000_000);
    }
  }

  /// A device without an operating system.
  ///
  /// @param flashBytes room for code and constants, weights among them
  /// @param emulator the machine on which `qemu-system-arm` runs the same core
  public record Microcontroller(long flashBytes, EmulatedBoard emulator) {}

  /// A machine of qemu.
  ///
  /// @param machine its name after `-M`
  /// @param code memory that code runs from; the vector table is its first word
  /// @param data memory for everything else
  public record EmulatedBoard(String machine, MemoryRegion code, MemoryRegion data) {}

  /// Addresses from `start` on.
  public record MemoryRegion(long start, long bytes) {}

  /// What one device costs, without tax.
  public record PriceBand(int fromDollars, int toDollars) {}

  public Target {
    features = List.copyOf(features);
    compilerFlags = List.copyOf(compilerFlags);
    sources = Map.copyOf(sources);
  }

  /// The first part of the triple, such as `x86_64`; also the name of its emulator after `qemu-`.
  public String architecture() {
    return triple.substring(0, triple.indexOf('-'));
  }

  /// How many elements of so many bytes one vector register holds.
  public int lanes(int elementBytes) {
    return vectorBits / Byte.SIZE / elementBytes;
  }

  /// The same device under another name.
  Target named(String otherId, String otherTitle) {
    return new Target(
        otherId,
        otherTitle,
        tier,
        triple,
        cpu,
        emulatedCpu,
        features,
        vectorBits,
        vectorRegisters,
        fusedMultiplyAdd,
        l1DataBytes,
        l2Bytes,
        cores,
        memoryBytes,
        clockMegahertz,
        throughput,
        watts,
        priceBand,
        compilerFlags,
        microcontroller,
        sources);
  }
}
