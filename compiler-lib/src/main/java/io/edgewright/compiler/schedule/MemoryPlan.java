package io.edgewright.compiler.schedule;

import io.edgewright.compiler.schedule.loops.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where each buffer of the arena lies. A buffer lives from the first function that touches it to
/// the last, and through the whole of a loop that it enters or leaves; buffers that live at the
/// same time never overlap.
///
/// @param offsets bytes from the start of the arena
/// @param lifetimes indices into [Program#functions], for reports
public record MemoryPlan(
    Map<Buffer, Long> offsets, Map<Buffer, Lifetime> lifetimes, long arenaBytes) {
  private static final long ALIGNMENT = 64;

  /// @param first index of the first function that touches the buffer
  /// @param last index of the last one
  public record Lifetime(int first, int last) {
    boolean meets(Lifetime other) {
      return first <= other.last && other.first <= last;
    }
  }

  public MemoryPlan {
    offsets = Collections.unmodifiableMap(new LinkedHashMap<>(offsets));
    lifetimes = Collections.unmodifiableMap(new LinkedHashMap<>(lifetimes));
  }

  public long offset(Buffer buffer) {
    Long offset = offsets.get(buffer);
    if (offset == null) {
      throw new IllegalArgumentException("buffer " + buffer.id() + " is not in the arena");
    }
    return offset;
  }

  /// Largest first, each at the lowest offset where it meets nobody: within a few per cent of the
  /// lower bound on real networks, and easy to check.
  public static MemoryPlan of(List<Step> steps) {
    Map<Buffer, Lifetime> lifetimes = Lifetimes.of(steps);
    List<Buffer> largestFirst = new ArrayList<>(lifetimes.keySet());
    largestFirst.sort(
        Comparator.comparingLong(Buffer::bytes).reversed().thenComparingInt(Buffer::id));
    Map<Buffer, Long> offsets = new LinkedHashMap<>();
    long arenaBytes = 0;
    for (Buffer buffer : largestFirst) {
      long offset = lowestFree(buffer, offsets, lifetimes);
      offsets.put(buffer, offset);
      arenaBytes = Math.max(arenaBytes, offset + align(buffer.bytes()));
    }
    return new MemoryPlan(offsets, lifetimes, arenaBytes);
  }

  private static long lowestFree(
      Buffer buffer, Map<Buffer, Long> placed, Map<Buffer, Lifetime> lifetimes) {
    Lifetime lifetime = lifetimes.getOrDefault(buffer, new Lifetime(0, 0));
    List<Buffer> neighbours =
        placed.keySet().stream()
            .filter(other -> lifetimes.getOrDefault(other, lifetime).meets(lifetime))
            .sorted(Comparator.comparingLong(other -> placed.getOrDefault(other, 0L)))
            .toList();
    long offset = 0;
    for (Buffer neighbour : neighbours) {
      long start = placed.getOrDefault(neighbour, 0L);
      if (offset + align(buffer.bytes()) <= start) {
        break;
      }
      offset = Math.max(offset, start + align(neighbour.bytes()));
    }
    return offset;
  }

  private static long align(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
