package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.reference.Products.Matrix;
import io.edgewright.compiler.tensor.TensorType;
import java.util.Arrays;

/// `out[n,m,p] = bias[m] + sum over c,k of in[n, c, position(k, p)] * w[m, c, k]`: a tile of
/// positions at a time is laid out as the columns of a matrix, which the weights then multiply.
/// Integers are exact as long as sums stay below 2^53.
final class ConvolutionReference {
  private final double[] input;
  private final double[] weights;
  private final double[] bias;
  private final double[] output;
  private final int[][] positions;
  private final double outside;
  private final int channels;
  private final int filters;
  private final int groups;
  private final int inputPlane;
  private final int outputPlane;

  private ConvolutionReference(
      Op.Convolution op, Numbers x, Numbers w, Numbers bias, TensorType type) {
    this.input = x.toDoubles();
    this.weights = w.toDoubles();
    this.bias = bias.toDoubles();
    this.output = new double[Math.toIntExact(type.shape().elements())];
    this.positions = Positions.window(op.window(), x.shape(), type.shape());
    this.groups = op.groups();
    this.outside = op.outside();
    this.channels = Math.toIntExact(w.shape().extent(1));
    this.filters = Math.toIntExact(w.shape().extent(0)) / groups;
    this.inputPlane = plane(x.shape().extents());
    this.outputPlane = plane(type.shape().extents());
  }

  /// The sums, before the epilogue.
  static Numbers run(Op.Convolution op, Numbers x, Numbers w, Numbers bias, TensorType type) {
    ConvolutionReference convolution = new ConvolutionReference(op, x, w, bias, type);
    int tiles = Math.ceilDiv(convolution.outputPlane, Products.COLUMNS);
    int batch = Math.toIntExact(x.shape().extent(0));
    Products.parallel(
        batch * op.groups() * tiles,
        task -> convolution.tile(task / tiles, task % tiles * Products.COLUMNS));
    return Numbers.ofDoubles(type, convolution.output);
  }

  private static int plane(long[] extents) {
    int plane = 1;
    for (int axis = 2; axis < extents.length; axis++) {
      plane *= Math.toIntExact(extents[axis]);
    }
    return plane;
  }

  private void tile(int batchAndGroup, int from) {
    int columns = Math.min(Products.COLUMNS, outputPlane - from);
    int group = batchAndGroup % groups;
    int depth = channels * positions.length;
    double[] patches = new double[depth * columns];
    for (int channel = 0; channel < channels; channel++) {
      int plane = (batchAndGroup * channels + channel) * inputPlane;
      for (int step = 0; step < positions.length; step++) {
        int row = (channel * positions.length + step) * columns;
        int[] sources = positions[step];
        for (int i = 0; i < columns; i++) {
          int source = sources[from + i];
          patches[row + i] = source < 0 ? outside : input[plane + source];
        }
      }
    }
    int first = batchAndGroup * filters;
    for (int filter = 0; filter < filters; filter++) {
      int target = (first + filter) * outputPlane + from;
      Arrays.fill(output, target, target + columns, bias[group * filters + filter]);
    }
    Products.accumulate(
        new Matrix(weights, group * filters * depth, depth),
        new Matrix(patches, 0, columns),
        new Matrix(output, first * outputPlane + from, outputPlane),
        filters,
        depth,
        columns);
  }
}
