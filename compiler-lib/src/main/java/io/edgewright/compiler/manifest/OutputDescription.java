package io.edgewright.compiler.manifest;

import java.util.List;
import java.util.Optional;

/// What comes out of the compiled model.
public sealed interface OutputDescription {
  /// Every output of the network as it is.
  record Tensors() implements OutputDescription {}

  /// The best classes, best first.
  ///
  /// @param tensor the network's only output where empty
  /// @param softmax whether the tensor holds logits
  /// @param top how many; 5, or all where there are fewer, where empty
  /// @param labels one a class, or none
  record Classes(
      Optional<String> tensor, boolean softmax, Optional<Integer> top, List<String> labels)
      implements OutputDescription {
    public Classes {
      labels = List.copyOf(labels);
    }
  }

  /// Objects with box, score and class, best first.
  ///
  /// @param labels one a class, a background class included, or none
  record Detections(Decode decode, List<String> labels) implements OutputDescription {
    public Detections {
      labels = List.copyOf(labels);
    }
  }
}
