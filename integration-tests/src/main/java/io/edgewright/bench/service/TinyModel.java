package io.edgewright.bench.service;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// `y = Relu(x)` on sixteen numbers, as ONNX: the service's own work is what is measured.
public final class TinyModel {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TinyModel() {}

  /// A ModelProto of onnx.proto; the numbers are those of its fields.
  public static byte[] bytes() {
    TinyModel node = new TinyModel().text(1, "x").text(2, "y").text(4, "Relu");
    TinyModel graph = new TinyModel().message(1, node).text(2, "tiny").message(11, value("x"));
    TinyModel opset = new TinyModel().number(2, 13);
    return new TinyModel()
        .number(1, 8)
        .message(7, graph.message(12, value("y")))
        .message(8, opset)
        .out
        .toByteArray();
  }

  /// A ValueInfoProto: floats of the shape [1, 16].
  private static TinyModel value(String name) {
    TinyModel shape =
        new TinyModel()
            .message(1, new TinyModel().number(1, 1))
            .message(1, new TinyModel().number(1, 16));
    TinyModel tensor = new TinyModel().number(1, 1).message(2, shape);
    return new TinyModel().text(1, name).message(2, new TinyModel().message(1, tensor));
  }

  private TinyModel number(int field, int value) {
    out.write(field << 3);
    out.write(value);
    return this;
  }

  private TinyModel text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.US_ASCII));
  }

  private TinyModel message(int field, TinyModel message) {
    return bytes(field, message.out.toByteArray());
  }

  /// Everything here is shorter than 128 bytes, so a length is one byte.
  private TinyModel bytes(int field, byte[] bytes) {
    out.write(field << 3 | 2);
    out.write(bytes.length);
    out.writeBytes(bytes);
    return this;
  }
}
