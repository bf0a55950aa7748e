package io.edgewright.compiler.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a linked ELF file wants from the machine it is loaded on.
///
/// @param neededLibraries names of `DT_NEEDED`
/// @param undefinedSymbols dynamic symbols that somebody else would have to define
/// @param interpreted whether it asks for a dynamic loader
record ElfImage(List<String> neededLibraries, List<String> undefinedSymbols, boolean interpreted) {
  private static final int MAGIC = 0x464C457F;
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
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 64 || file.getInt(0) != MAGIC || file.get(5) != 1) {
      throw new IllegalArgumentException("not a little-endian ELF file");
    }
    Layout layout = file.get(4) == 2 ? Layout.BITS_64 : Layout.BITS_32;
    List<String> needed = new ArrayList<>();
    List<String> undefined = new ArrayList<>();
    for (Section section : sections(file, layout)) {
      switch (section.type()) {
        case SECTION_DYNAMIC -> needed.addAll(needed(file, layout, section));
        case SECTION_DYNAMIC_SYMBOLS -> undefined.addAll(undefined(file, layout, section));
        default -> {}
      }
    }
    return new ElfImage(needed, undefined, interpreted(file, layout));
  }

  /// Where the two classes of ELF files keep what is read here.
  private enum Layout {
    BITS_32(4, 0x1C, 0x2A, 40, 16, 14, 32),
    BITS_64(8, 0x20, 0x36, 64, 24, 6, 56);

    final int word;
    final int programHeaders;
    final int programHeaderSize;
    final int sectionHeaderBytes;
    final int symbolBytes;
    final int symbolSection;
    final int programHeaderBytes;

    Layout(
        int word,
        int programHeaders,
        int programHeaderSize,
        int sectionHeaderBytes,
        int symbolBytes,
        int symbolSection,
        int programHeaderBytes) {
      this.word = word;
      this.programHeaders = programHeaders;
      this.programHeaderSize = programHeaderSize;
      this.sectionHeaderBytes = sectionHeaderBytes;
      this.symbolBytes = symbolBytes;
      this.symbolSection = symbolSection;
      this.programHeaderBytes = programHeaderBytes;
    }

    /// A number of the class's word size.
    long get(ByteBuffer file, long at) {
      return word == 8 ? file.getLong((int) at) : file.getInt((int) at) & 0xFFFF_FFFFL;
    }
  }

  /// @param strings where the strings that it speaks of begin in the file
  private record Section(int type, long offset, long size, long strings) {}

  private static List<Section> sections(ByteBuffer file, Layout layout) {
    long table = layout.get(file, layout.programHeaders + (long) layout.word);
    int count = file.getShort(layout.programHeaderSize + 6) & 0xFFFF;
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long at = table + (long) i * layout.sectionHeaderBytes;
      int link = file.getInt((int) at + 8 + 4 * layout.word);
      sections.add(
          new Section(
              file.getInt((int) at + 4),
              offset(file, layout, at),
              layout.get(file, at + 8 + 3L * layout.word),
              offset(file, layout, table + (long) link * layout.sectionHeaderBytes)));
    }
    return sections;
  }

  private static long offset(ByteBuffer file, Layout layout, long sectionHeader) {
    return layout.get(file, sectionHeader + 8 + 2L * layout.word);
  }

  private static List<String> needed(ByteBuffer file, Layout layout, Section dynamic) {
    List<String> names = new ArrayList<>();
    for (long at = 0; at < dynamic.size(); at += 2L * layout.word) {
      if (layout.get(file, dynamic.offset() + at) == DYNAMIC_NEEDED) {
        long name = layout.get(file, dynamic.offset() + at + layout.word);
        names.add(text(file, dynamic.strings() + name));
      }
    }
    return names;
  }

  /// The first symbol is a placeholder.
  private static List<String> undefined(ByteBuffer file, Layout layout, Section symbols) {
    List<String> names = new ArrayList<>();
    for (long at = layout.symbolBytes; at < symbols.size(); at += layout.symbolBytes) {
      int symbol = (int) (symbols.offset() + at);
      if (file.getShort(symbol + layout.symbolSection) == 0) {
        names.add(text(file, symbols.strings() + file.getInt(symbol)));
      }
    }
    return names;
  }

  private static boolean interpreted(ByteBuffer file, Layout layout) {
    long table = layout.get(file, layout.programHeaders);
    int count = file.getShort(layout.programHeaderSize + 2) & 0xFFFF;
    for (int i = 0; i < count; i++) {
      if (file.getInt((int) (table + (long) i * layout.programHeaderBytes))
          == SEGMENT_INTERPRETER) {
        return true;
      }
    }
    return false;
  }

  private static String text(ByteBuffer file, long at) {
    int length = 0;
    while (file.get((int) at + length) != 0) {
      length++;
    }
    byte[] text = new byte[length];
    file.get((int) at, text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
