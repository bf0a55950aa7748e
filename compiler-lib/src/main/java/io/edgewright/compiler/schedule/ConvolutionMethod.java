package io.edgewright.compiler.schedule;

/// How convolutions may be computed.
public enum ConvolutionMethod {
  /// Whatever is fastest; sums may be made of transformed values, with a larger error.
  FASTEST,
  /// As sums of products of the values that the model has.
  DIRECT
}
