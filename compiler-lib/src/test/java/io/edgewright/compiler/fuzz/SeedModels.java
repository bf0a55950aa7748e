package io.edgewright.compiler.fuzz;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.edgewright.compiler.SmallModels;
import java.util.ArrayList;
import java.util.List;

/// Valid models to begin with.
final class SeedModels {
  private SeedModels() {}

  static List<ModelProto> all() {
    List<ModelProto> models = new ArrayList<>();
    for (SmallModels.Case small : SmallModels.all()) {
      try {
        models.add(ModelProto.parseFrom(small.model()));
      } catch (InvalidProtocolBufferException broken) {
        throw new IllegalStateException(small.name(), broken);
      }
    }
    return models;
  }
}
