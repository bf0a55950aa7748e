package io.edgewright.compiler.manifest;

/// Numbers from `least` to `most`; with `above`, `least` itself is left out.
record Range(double least, double most, boolean above) {
  /// Pictures, and everything that is laid over them.
  static final Range EXTENT = of(1, 4096);

  static final Range PART = of(0, 1);
  static final Range COUNT = of(1, Integer.MAX_VALUE);

  static Range of(double least, double most) {
    return new Range(least, most, false);
  }

  static Range above(double least, double most) {
    return new Range(least, most, true);
  }

  boolean contains(double number) {
    return number <= most && (above ? number > least : number >= least);
  }

  @Override
  public String toString() {
    String most = NormalForm.number(most()).toString();
    String least = NormalForm.number(least()).toString();
    return above ? "above " + least + ", up to " + most : "from " + least + " to " + most;
  }
}
