package io.edgewright.compiler;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An array as `numpy.save` writes it: the magic word, a version, the length of a header, and the
/// header `{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }`.
final class NpyFile {
  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);
  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '[<|]([fiub]\\d)', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\), \\}\\s*");

  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("f2", ElementType.FLOAT16),
          Map.entry("f4", ElementType.FLOAT32),
          Map.entry("f8", ElementType.FLOAT64),
          Map.entry("i1", ElementType.INT8),
          Map.entry("i2", ElementType.INT16),
          Map.entry("i4", ElementType.INT32),
          Map.entry("i8", ElementType.INT64),
          Map.entry("u1", ElementType.UINT8),
          Map.entry("u2", ElementType.UINT16),
          Map.entry("u4", ElementType.UINT32),
          Map.entry("u8", ElementType.UINT64),
          Map.entry("b1", ElementType.BOOL));

  private NpyFile() {}

  /// @throws CompileException when it is no array that a tensor can be made of
  static Tensor read(byte[] file, Location where) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    if (bytes.remaining() < MAGIC.length + 6) {
      throw wrong(where, file.length + " bytes");
    }
    bytes.get(magic);
    int version = bytes.getShort() & 0xFF;
    long length = version == 1 ? bytes.getShort() & 0xFFFF : bytes.getInt() & 0xFFFFFFFFL;
    if (!Arrays.equals(magic, MAGIC) || length > Math.min(bytes.remaining(), LONGEST_HEADER)) {
      throw wrong(where, "another kind of file");
    }
    byte[] text = new byte[(int) length];
    bytes.get(text);
    String header = new String(text, StandardCharsets.ISO_8859_1);
    Matcher matcher = HEADER.matcher(header);
    ElementType element = matcher.matches() ? TYPES.get(matcher.group(1)) : null;
    if (element == null) {
      throw wrong(where, "the header " + header.strip());
    }
    return tensor(element, matcher.group(2), bytes, where);
  }

  private static Tensor tensor(
      ElementType element, String shape, ByteBuffer bytes, Location where) {
    long[] extents =
        Arrays.stream(shape.split("[, ]+", -1))
            .filter(extent -> !extent.isEmpty())
            .mapToLong(extent -> Long.parseLong(extent.substring(0, Math.min(extent.length(), 15))))
            .toArray();
    TensorType type = new TensorType(element, Shape.of(extents));
    byte[] elements = new byte[bytes.remaining()];
    bytes.get(elements);
    try {
      return new Tensor(type, elements);
    } catch (IllegalArgumentException | ArithmeticException lies) {
      throw wrong(where, elements.length + " bytes of elements for " + type);
    }
  }

  private static CompileException wrong(Location where, String seen) {
    return new CompileException(
        ErrorCode.OPTION_INVALID,
        where,
        seen,
        "a little-endian array in C order, as numpy.save writes it",
        "save it again: numpy.save(file, numpy.ascontiguousarray(array))");
  }
}
