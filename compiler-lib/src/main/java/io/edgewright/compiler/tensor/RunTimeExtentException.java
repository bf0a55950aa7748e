package io.edgewright.compiler.tensor;

/// Somebody needs the number of an extent that only a run of the program knows.
public final class RunTimeExtentException extends RuntimeException {
  private final Count count;

  public RunTimeExtentException(Count count) {
    super("`" + count + "` is known only when the program runs");
    this.count = count;
  }

  public Count count() {
    return count;
  }
}
