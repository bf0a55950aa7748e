package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.RunTimeExtentException;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.stream.LongStream;

/// Elements start, start + step... of an axis.
///
/// @param start not negative
record SliceRange(Count start, Dimension count, long step) {
  /// Beyond every extent, and still far from where sums overflow.
  private static final long FAR = 1L << 40;

  /// Elements counted from the end that are picked one by one.
  private static final long MOST_PICKED = 1024;

  static SliceRange of(long start, long count, long step) {
    return new SliceRange(Count.of(start), Dimension.of(count), step);
  }

  static SliceRange all(Dimension extent) {
    return new SliceRange(Count.of(0), extent, 1);
  }

  /// Backwards, `end` may lie before the first element.
  ///
  /// @throws RunTimeExtentException when it depends on the run which elements there are
  static SliceRange of(Count start, Count end, long step, Dimension extent) {
    if (extent instanceof Dimension.Fixed(long fixed)
        && start.number().isPresent()
        && end.number().isPresent()) {
      return of(start.number().orElseThrow(), end.number().orElseThrow(), step, fixed);
    }
    Count all = extent.count();
    Count unknown = all.number().isEmpty() ? all : end.number().isEmpty() ? end : start;
    Count from = clamp(start, all, unknown);
    Count count = clamp(end, all, unknown).minus(from);
    if (step != 1) {
      throw new RunTimeExtentException(unknown);
    }
    return count.maximum() <= 0
        ? new SliceRange(Count.of(0), Dimension.of(0), 1)
        : new SliceRange(from, Dimension.of(smaller(Count.of(0), count, unknown, false)), 1);
  }

  private static SliceRange of(long start, long end, long step, long extent) {
    long least = step > 0 ? 0 : -1;
    long most = step > 0 ? extent : extent - 1;
    long from = Math.clamp(start < 0 ? start + extent : start, least, most);
    long to = Math.clamp(end < 0 ? end + extent : end, least, most);
    long distance = step > 0 ? to - from : from - to;
    // a step past the extent takes one element; its negation must not overflow
    long size = step > 0 ? Math.min(step, extent + 1) : -Math.max(step, -extent - 1);
    long count = distance <= 0 ? 0 : Math.ceilDiv(distance, size);
    return of(count == 0 ? 0 : from, count, step > 0 ? size : -size);
  }

  /// From 0 to the extent; negative numbers count from the end.
  private static Count clamp(Count place, Count all, Count unknown) {
    Count near = place.number().map(n -> Count.of(Math.clamp(n, -FAR, FAR))).orElse(place);
    Count counted = near.maximum() < 0 ? all.plus(near) : near;
    Count inside = smaller(counted, all, unknown, true);
    return smaller(Count.of(0), inside, unknown, false);
  }

  /// The smaller or the larger of two counts, where it is the same one in every run.
  private static Count smaller(Count a, Count b, Count unknown, boolean smaller) {
    boolean first = a.isAtMost(b).orElseThrow(() -> new RunTimeExtentException(unknown));
    return first == smaller ? a : b;
  }

  /// Indices of the elements as Gather takes them: negative, counted from the end.
  Tensor fromEnd(Dimension all) {
    long first =
        start
            .minus(all.count())
            .number()
            .orElseThrow(() -> new RunTimeExtentException(all.count()));
    if (!(count instanceof Dimension.Fixed(long picked)) || picked > MOST_PICKED) {
      throw new RunTimeExtentException(all.count());
    }
    return Tensor.ofLongs(Shape.of(picked), LongStream.range(first, first + picked).toArray());
  }
}
