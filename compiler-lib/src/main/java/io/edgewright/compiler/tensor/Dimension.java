package io.edgewright.compiler.tensor;

/// One extent of a shape: a number, a name whose number comes from the manifest's `dims`, or a
/// number that only a run of the program knows.
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

  /// Memory is planned for the most that there can be, the capacity; how many elements there are is
  /// known when the program runs.
  record Bounded(Count count) implements Dimension {
    public Bounded {
      if (count.minimum() < 0 || count.number().isPresent()) {
        throw new IllegalArgumentException(count + " is no extent of a run");
      }
    }

    public long capacity() {
      return count.maximum();
    }

    @Override
    public String toString() {
      return count + "<=" + capacity();
    }
  }

  static Dimension of(long extent) {
    return new Fixed(extent);
  }

  static Dimension of(String name) {
    return new Symbol(name);
  }

  static Dimension of(Count count) {
    return count.number().<Dimension>map(Fixed::new).orElseGet(() -> new Bounded(count));
  }

  /// An extent that the caller of the program decides: 1 or more.
  static Dimension range(String name, long maximum) {
    return maximum == 1 ? of(1) : of(Count.named(name, 1, maximum));
  }

  /// An extent that an operator decides when the program runs.
  ///
  /// @param name that nothing else in the graph has
  static Dimension upTo(String name, long maximum) {
    return maximum == 0 ? of(0) : of(Count.named(name, 0, maximum));
  }

  /// The number of elements as a count.
  ///
  /// @throws IllegalStateException when it is a symbol
  default Count count() {
    return switch (this) {
      case Fixed(long extent) -> Count.of(extent);
      case Bounded(Count count) -> count;
      case Symbol(String name) ->
          throw new IllegalStateException("dimension `" + name + "` has no number yet");
    };
  }
}
