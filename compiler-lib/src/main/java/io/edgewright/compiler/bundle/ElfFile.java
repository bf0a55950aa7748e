package io.edgewright.compiler.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A little-endian ELF file, of 32 or 64 bits.
final class ElfFile {
  private static final int MAGIC = 0x464C457F;
  private static final int SECTION_WITHOUT_CONTENT = 8;

  private final ByteBuffer file;
  private final Layout layout;
  private final List<Section> sections;

  /// @param index its number, which symbols and other sections call it by
  /// @param link number of the section that it belongs to, such as the one with a table's names
  /// @param info of relocations: number of the section that they are for
  record Section(int index, String name, int type, long offset, long size, int link, int info) {}

  /// @param section number of the section that it lies in; 0: somebody else defines it
  /// @param global whether other files can mean it
  record Symbol(String name, long value, int section, boolean global) {}

  /// Where the two classes of ELF files keep what is read here.
  private enum Layout {
    BITS_32(4, 0x1C, 0x2A, 40, 16, 4, 12, 32),
    BITS_64(8, 0x20, 0x36, 64, 24, 8, 4, 56);

    final int word;
    final int programHeaders;
    final int programHeaderSize;
    final int sectionHeaderBytes;
    final int symbolBytes;
    final int symbolValue;
    final int symbolInfo;
    final int programHeaderBytes;

    Layout(
        int word,
        int programHeaders,
        int programHeaderSize,
        int sectionHeaderBytes,
        int symbolBytes,
        int symbolValue,
        int symbolInfo,
        int programHeaderBytes) {
      this.word = word;
      this.programHeaders = programHeaders;
      this.programHeaderSize = programHeaderSize;
      this.sectionHeaderBytes = sectionHeaderBytes;
      this.symbolBytes = symbolBytes;
      this.symbolValue = symbolValue;
      this.symbolInfo = symbolInfo;
      this.programHeaderBytes = programHeaderBytes;
    }
  }

  /// @throws IllegalArgumentException when the bytes are no little-endian ELF file
  ElfFile(byte[] bytes) {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 64 || file.getInt(0) != MAGIC || file.get(5) != 1) {
      throw new IllegalArgumentException("not a little-endian ELF file");
    }
    layout = file.get(4) == 2 ? Layout.BITS_64 : Layout.BITS_32;
    sections = readSections();
  }

  List<Section> sections() {
    return sections;
  }

  Optional<Section> section(String name) {
    return sections.stream().filter(section -> section.name().equals(name)).findFirst();
  }

  /// Bytes in memory of all sections called so; 0 where there is none.
  long bytesOf(String name) {
    return section(name).map(Section::size).orElse(0L);
  }

  byte[] content(Section section) {
    byte[] content = new byte[section.type() == SECTION_WITHOUT_CONTENT ? 0 : (int) section.size()];
    file.get((int) section.offset(), content);
    return content;
  }

  /// Bytes of an address.
  int wordBytes() {
    return layout.word;
  }

  /// A number of the class's word size.
  long word(long at) {
    return layout.word == 8 ? file.getLong((int) at) : file.getInt((int) at) & 0xFFFF_FFFFL;
  }

  /// The symbols of a table; the first one is a placeholder and left out.
  List<Symbol> symbols(Section table) {
    long names = sections.get(table.link()).offset();
    List<Symbol> symbols = new ArrayList<>();
    for (long at = layout.symbolBytes; at < table.size(); at += layout.symbolBytes) {
      int symbol = (int) (table.offset() + at);
      symbols.add(
          new Symbol(
              text(names + file.getInt(symbol)),
              word(symbol + (long) layout.symbolValue),
              file.getShort(symbol + layout.symbolInfo + 2) & 0xFFFF,
              file.get(symbol + layout.symbolInfo) >> 4 != 0));
    }
    return symbols;
  }

  /// Types of the program headers, in order.
  List<Integer> segmentTypes() {
    long table = word(layout.programHeaders);
    int count = file.getShort(layout.programHeaderSize + 2) & 0xFFFF;
    List<Integer> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      types.add(file.getInt((int) (table + (long) i * layout.programHeaderBytes)));
    }
    return types;
  }

  String text(long at) {
    int length = 0;
    while (file.get((int) at + length) != 0) {
      length++;
    }
    byte[] text = new byte[length];
    file.get((int) at, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private List<Section> readSections() {
    long table = word(layout.programHeaders + (long) layout.word);
    int count = file.getShort(layout.programHeaderSize + 6) & 0xFFFF;
    int namesIndex = file.getShort(layout.programHeaderSize + 8) & 0xFFFF;
    long names = offset(table + (long) namesIndex * layout.sectionHeaderBytes);
    List<Section> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long at = table + (long) i * layout.sectionHeaderBytes;
      int link = (int) at + 8 + 4 * layout.word;
      read.add(
          new Section(
              i,
              text(names + file.getInt((int) at)),
              file.getInt((int) at + 4),
              offset(at),
              word(at + 8 + 3L * layout.word),
              file.getInt(link),
              file.getInt(link + 4)));
    }
    return List.copyOf(read);
  }

  private long offset(long sectionHeader) {
    return word(sectionHeader + 8 + 2L * layout.word);
  }
}
