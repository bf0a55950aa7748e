package io.edgewright.compiler.bundle;

import io.edgewright.compiler.bundle.ElfFile.Section;
import io.edgewright.compiler.bundle.ElfFile.Symbol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How much stack a call of a function takes at most, read from an object whose functions have
/// sections of their own and note their frames (`-ffunction-sections -fstack-size-section`).
///
/// ```
/// depth(f) = frame(f) + max( depth(g)                     for g called by f,
///                            frame(c) + depth(g)          for g named and c called by f )
/// ```
///
/// A function that is only named, by f or by a table that f reads, is handed to somebody that f
/// calls, who calls it. Nothing here calls itself; that would be an error.
final class StackDepth {
  private static final int RELOCATIONS = 9;
  private static final int SYMBOLS = 2;
  private static final int RELOCATION_BYTES = 8;

  /// "ELF for the Arm Architecture", IHI 0044: a branch with link, and one without.
  private static final int THUMB_CALL = 10;

  private static final int THUMB_JUMP = 30;

  private final Map<Integer, Long> frames = new HashMap<>();
  private final Map<Integer, List<Integer>> called = new HashMap<>();
  private final Map<Integer, List<Integer>> named = new HashMap<>();
  private final Map<Integer, Long> depths = new HashMap<>();
  private final Map<String, Integer> functions = new TreeMap<>();

  /// @param object of 32-bit ARM
  StackDepth(ElfFile object) {
    for (Section section : object.sections()) {
      if (section.name().equals(".stack_sizes")) {
        frames.put(section.link(), frame(object.content(section)));
      }
    }
    for (Section section : object.sections()) {
      if (section.type() == SYMBOLS) {
        List<Symbol> symbols = object.symbols(section);
        symbols.stream()
            .filter(symbol -> frames.containsKey(symbol.section()))
            .forEach(symbol -> functions.put(symbol.name(), symbol.section()));
        object.sections().stream()
            .filter(table -> table.type() == RELOCATIONS)
            .forEach(table -> references(table.info(), object.content(table), symbols));
      }
    }
  }

  /// The most that a call of a function takes.
  long of(String function) {
    Integer section = functions.get(function);
    if (section == null) {
      throw new IllegalArgumentException("no function " + function);
    }
    return depth(section);
  }

  /// An address, then the size in groups of seven bits, lowest first.
  private static long frame(byte[] content) {
    long size = 0;
    for (int at = Integer.BYTES, shift = 0; at < content.length; at++, shift += 7) {
      size |= (long) (content[at] & 0x7F) << shift;
    }
    return size;
  }

  private void references(int from, byte[] table, List<Symbol> symbols) {
    ByteBuffer relocations = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < table.length; at += RELOCATION_BYTES) {
      int info = relocations.getInt(at + 4);
      int to = symbols.get((info >>> 8) - 1).section();
      int type = info & 0xFF;
      boolean calls = type == THUMB_CALL || type == THUMB_JUMP;
      (calls ? called : named).computeIfAbsent(from, _ -> new ArrayList<>()).add(to);
    }
  }

  private long depth(int section) {
    Long known = depths.get(section);
    if (known != null) {
      if (known < 0) {
        throw new IllegalArgumentException("a function calls itself");
      }
      return known;
    }
    depths.put(section, -1L);
    List<Integer> callees = called.getOrDefault(section, List.of());
    long deepest = callees.stream().mapToLong(this::depth).max().orElse(0);
    long between = callees.stream().mapToLong(this::frameOf).max().orElse(0);
    for (int handed : handed(section, new TreeSet<>())) {
      deepest = Math.max(deepest, between + depth(handed));
    }
    long depth = frameOf(section) + deepest;
    depths.put(section, depth);
    return depth;
  }

  /// The functions that a section names, itself or by way of tables.
  private Set<Integer> handed(int section, Set<Integer> seen) {
    Set<Integer> found = new TreeSet<>();
    for (int to : named.getOrDefault(section, List.of())) {
      if (frames.containsKey(to)) {
        found.add(to);
      } else if (seen.add(to)) {
        found.addAll(handed(to, seen));
      }
    }
    return found;
  }

  private long frameOf(int section) {
    return frames.getOrDefault(section, 0L);
  }
}
