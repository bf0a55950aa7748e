package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;

/// An ONNX model that was read and is within the limits; nothing else is known of it yet.
public final class OnnxModel {
  private final ModelProto proto;

  OnnxModel(ModelProto proto) {
    this.proto = proto;
  }

  ModelProto proto() {
    return proto;
  }
}
