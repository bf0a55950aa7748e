package io.edgewright.compiler.onnx;

import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import java.util.Locale;

/// Counts what stands in the protobuf bytes of a model before objects are made of it: a few bytes
/// of file can each become an object of many. Anything that it does not understand it leaves to the
/// parser, which says what is wrong.
final class WireScan {
  static final int MAXIMUM_NODES = 50_000;
  static final int MAXIMUM_INITIALIZERS = 50_000;
  private static final long MAXIMUM_FIELDS = 4_000_000;
  private static final long MAXIMUM_PACKED_BYTES = 64L << 20;

  /// Messages of the ONNX schema that hold other messages in number.
  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    FUNCTION,
    /// Anything else: its fields are counted, not looked into.
    LEAF;

    /// What a length-delimited field of this message holds.
    Message field(int number) {
      return switch (this) {
        case MODEL -> number == 7 ? GRAPH : number == 25 ? FUNCTION : LEAF;
        case GRAPH -> number == 1 ? NODE : number == 5 ? TENSOR : LEAF;
        case NODE -> number == 5 ? ATTRIBUTE : LEAF;
        case ATTRIBUTE ->
            number == 6 || number == 11 ? GRAPH : number == 5 || number == 10 ? TENSOR : LEAF;
        case FUNCTION -> number == 7 ? NODE : number == 11 ? ATTRIBUTE : LEAF;
        case TENSOR, LEAF -> LEAF;
      };
    }
  }

  private final byte[] bytes;
  private int at;
  private long nodes;
  private long initializers;
  private long fields;

  private WireScan(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @throws CompileException when a count passes its limit
  static void check(byte[] bytes) {
    new WireScan(bytes).message(Message.MODEL, bytes.length, 0);
  }

  /// Recursion is bounded: a message deeper than the reader allows is not looked into.
  private boolean message(Message kind, int end, int depth) {
    while (at < end) {
      long tag = varint(end);
      int number = (int) (tag >>> 3);
      count(++fields, MAXIMUM_FIELDS, ErrorCode.MODEL_TOO_LARGE, "fields");
      boolean understood =
          switch ((int) (tag & 7)) {
            case 0 -> varint(end) >= 0 || at <= end;
            case 1 -> skip(8, end);
            case 2 -> delimited(kind, number, end, depth);
            case 5 -> skip(4, end);
            default -> false;
          };
      if (!understood || tag <= 0) {
        return false;
      }
    }
    return true;
  }

  private boolean delimited(Message kind, int number, int end, int depth) {
    long length = varint(end);
    if (length < 0 || length > end - at) {
      return false;
    }
    int next = at + (int) length;
    Message inner = kind.field(number);
    if (inner == Message.NODE) {
      count(++nodes, MAXIMUM_NODES, ErrorCode.TOO_MANY_NODES, "nodes");
    } else if (kind == Message.GRAPH && inner == Message.TENSOR) {
      count(++initializers, MAXIMUM_INITIALIZERS, ErrorCode.TOO_MANY_INITIALIZERS, "initializers");
    } else if (kind == Message.TENSOR && (number == 5 || number == 7 || number == 11)) {
      count(length, MAXIMUM_PACKED_BYTES, ErrorCode.TENSOR_TOO_LARGE, "bytes of packed integers");
    }
    if (inner != Message.LEAF && depth < OnnxReader.MAXIMUM_NESTING) {
      if (!message(inner, next, depth + 1)) {
        return false;
      }
    }
    at = next;
    return true;
  }

  private boolean skip(int count, int end) {
    at += count;
    return at <= end;
  }

  private long varint(int end) {
    long value = 0;
    for (int shift = 0; shift < 70 && at < end; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return -1;
  }

  private static void count(long seen, long most, ErrorCode code, String things) {
    if (seen > most) {
      throw new CompileException(
          code,
          Location.MODEL,
          String.format(Locale.ROOT, "more than %,d %s", most, things),
          String.format(Locale.ROOT, "at most %,d", most),
          "simplify the model (for example with onnxsim), or split it");
    }
  }
}
