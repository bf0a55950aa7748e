package io.edgewright.compiler.bundle;

import java.util.ArrayList;
import java.util.List;

/// What a linked ELF file wants from the machine it is loaded on.
///
/// @param neededLibraries names of `DT_NEEDED`
/// @param undefinedSymbols dynamic symbols that somebody else would have to define
/// @param interpreted whether it asks for a dynamic loader
record ElfImage(List<String> neededLibraries, List<String> undefinedSymbols, boolean interpreted) {
  private static final int SECTION_DYNAMIC = 6;
  private static final int SECTION_DYNAMIC_SYMBOLS = 11;
  private static final int SEGMENT_INTERPRETER = 3;
  private static final long DYNAMIC_NEEDED = 1;

  ElfImage {
    neededLibraries = List.copyOf(neededLibraries);
    undefinedSymbols = List.copyOf(undefinedSymbols);
  }

  /// Whether it runs on a bare kernel.
  boolean isFreestanding() {
    return neededLibraries.isEmpty() && undefinedSymbols.isEmpty() && !interpreted;
  }

  /// @throws IllegalArgumentException when the bytes are no little-endian ELF file
  static ElfImage read(byte[] bytes) {
    ElfFile file = new ElfFile(bytes);
    List<String> needed = new ArrayList<>();
    List<String> undefined = new ArrayList<>();
    for (ElfFile.Section section : file.sections()) {
      switch (section.type()) {
        case SECTION_DYNAMIC -> needed.addAll(needed(file, section));
        case SECTION_DYNAMIC_SYMBOLS -> undefined.addAll(undefined(file, section));
        default -> {}
      }
    }
    return new ElfImage(needed, undefined, file.segmentTypes().contains(SEGMENT_INTERPRETER));
  }

  private static List<String> needed(ElfFile file, ElfFile.Section dynamic) {
    long strings = file.sections().get(dynamic.link()).offset();
    List<String> names = new ArrayList<>();
    for (long at = 0; at < dynamic.size(); at += 2L * file.wordBytes()) {
      if (file.word(dynamic.offset() + at) == DYNAMIC_NEEDED) {
        names.add(file.text(strings + file.word(dynamic.offset() + at + file.wordBytes())));
      }
    }
    return names;
  }

  /// Names of the symbols that a table only mentions.
  static List<String> undefined(ElfFile file, ElfFile.Section symbols) {
    return file.symbols(symbols).stream()
        .filter(symbol -> symbol.section() == 0)
        .map(ElfFile.Symbol::name)
        .toList();
  }
}
