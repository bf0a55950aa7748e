package io.edgewright.compiler.tensor;

/// One extent of a shape: a number, or a name whose number comes from the manifest's `dims`.
public sealed interface Dimension {
  /// @param extent zero or more elements
  record Fixed(long extent) implements Dimension {
    public Fixed {
      if (extent < 0) {
        throw new IllegalArgumentException("negative extent " + extent);
      }
    }

    @Override
    public String toString() {
      return Long.toString(extent);
    }
  }

  /// @param name as the model spells it (`dim_param`), or a name the importer gave to an unnamed
  ///   one
  record Symbol(String name) implements Dimension {
    @Override
    public String toString() {
      return name;
    }
  }

  static Dimension of(long extent) {
    return new Fixed(extent);
  }

  static Dimension of(String name) {
    return new Symbol(name);
  }
}
