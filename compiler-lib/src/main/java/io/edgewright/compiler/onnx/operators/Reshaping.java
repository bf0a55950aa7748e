package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Broadcast;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.RunTimeExtentException;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Operators that keep the elements in their order, or only permute axes.
public final class Reshaping {
  private Reshaping() {}

  /// In the shape asked for, 0 copies the input's extent (unless `allowzero`) and one -1 takes what
  /// is left.
  public static Value reshape(OnnxNode node) {
    Value x = node.input(0);
    boolean copies = !node.attributes().flag("allowzero", false);
    List<Count> wanted =
        node.opset() < 5
            ? node.attributes().integers("shape").orElse(List.of()).stream().map(Count::of).toList()
            : node.counts(1, "shape");
    List<Count> extents = new ArrayList<>();
    int rest = -1;
    for (Count count : wanted) {
      int axis = extents.size();
      boolean copied = copies && count.equals(Count.of(0));
      boolean isRest = count.equals(Count.of(-1));
      boolean invalid = count.minimum() < (isRest ? -1 : 0) || (isRest && rest >= 0);
      if (invalid || (copied && axis >= x.shape().rank())) {
        throw impossible(node, x, wanted);
      }
      rest = isRest ? axis : rest;
      Count own = copied ? x.shape().dimensions().get(axis).count() : count;
      extents.add(isRest ? Count.of(1) : own);
    }
    if (rest >= 0) {
      extents.set(rest, quotient(node, x, extents, wanted));
    }
    Shape shape = new Shape(extents.stream().map(Dimension::of).toList());
    return node.reshape(x, shape);
  }

  private static Count quotient(OnnxNode node, Value x, List<Count> others, List<Count> wanted) {
    Count all = product(x.shape().dimensions());
    Count known = others.stream().reduce(Count.of(1), Count::times);
    if (all.number().isPresent() && known.number().isPresent()) {
      return all.dividedBy(known).orElseThrow(() -> impossible(node, x, wanted));
    }
    Count unknown = all.number().isPresent() ? known : all;
    return all.dividedBy(known).orElseThrow(() -> new RunTimeExtentException(unknown));
  }

  private static RuntimeException impossible(OnnxNode node, Value x, List<Count> wanted) {
    return node.shapes(
        x.shape() + " as " + wanted,
        "a shape of as many elements, with at most one -1",
        "check the `shape` input and what is given for `dims`");
  }

  /// Two axes: everything before `axis`, everything from it on.
  public static Value flatten(OnnxNode node) {
    Value x = node.input(0);
    int rank = x.shape().rank();
    long axis = node.attributes().integer("axis", 1);
    int front = axis == rank ? rank : node.axis(axis, rank);
    return node.reshape(x, flattened(x.shape(), front));
  }

  static Shape flattened(Shape shape, int axis) {
    List<Dimension> extents = shape.dimensions();
    Count front = product(extents.subList(0, axis));
    Count back = product(extents.subList(axis, extents.size()));
    return new Shape(List.of(Dimension.of(front), Dimension.of(back)));
  }

  private static Count product(List<Dimension> dimensions) {
    return dimensions.stream().map(Dimension::count).reduce(Count.of(1), Count::times);
  }

  static long product(long[] extents, int from, int to) {
    return Arrays.stream(extents, from, to).reduce(1, Math::multiplyExact);
  }

  public static Value squeeze(OnnxNode node) {
    Value x = node.input(0);
    int rank = x.shape().rank();
    Set<Integer> axes =
        axes(node).map(list -> positions(node, list, rank)).orElseGet(() -> ones(x.shape()));
    for (int axis : axes) {
      if (x.shape().extent(axis) != 1) {
        throw node.shapes(
            "axis " + axis + " of " + x.shape(), "an axis of extent 1", "choose other axes");
      }
    }
    return node.reshape(x, without(x.shape(), axes));
  }

  private static Set<Integer> ones(Shape shape) {
    return IntStream.range(0, shape.rank())
        .filter(axis -> shape.dimensions().get(axis).equals(Dimension.of(1)))
        .boxed()
        .collect(Collectors.toSet());
  }

  static Shape without(Shape shape, Set<Integer> axes) {
    return new Shape(
        IntStream.range(0, shape.rank())
            .filter(axis -> !axes.contains(axis))
            .mapToObj(shape.dimensions()::get)
            .toList());
  }

  /// Axes are an attribute before opset 13 and an input from then on.
  private static Optional<List<Long>> axes(OnnxNode node) {
    return node.opset() < 13
        ? node.attributes().integers("axes")
        : node.optionalIntegers(1, "axes");
  }

  private static Set<Integer> positions(OnnxNode node, List<Long> axes, int rank) {
    Set<Integer> positions = new TreeSet<>();
    for (long axis : axes) {
      if (!positions.add(node.axis(axis, rank))) {
        throw node.invalid("axes " + axes, "each axis once", "remove the repeated axis");
      }
    }
    return positions;
  }

  public static Value unsqueeze(OnnxNode node) {
    Value x = node.input(0);
    List<Long> wanted =
        axes(node).orElseThrow(() -> node.invalid("no axes", "axes to insert", "give the axes"));
    Set<Integer> axes = positions(node, wanted, x.shape().rank() + wanted.size());
    List<Dimension> extents = new ArrayList<>(x.shape().dimensions());
    axes.forEach(axis -> extents.add(axis, Dimension.of(1)));
    return node.reshape(x, new Shape(extents));
  }

  public static Value transpose(OnnxNode node) {
    Value x = node.input(0);
    int rank = x.shape().rank();
    List<Integer> order =
        node.attributes()
            .integers("perm")
            .map(perm -> perm.stream().map(Long::intValue).toList())
            .orElseGet(() -> IntStream.range(0, rank).map(i -> rank - 1 - i).boxed().toList());
    return node.add(new Op.Transpose(order), x);
  }

  /// The shape asked for may also be smaller than the input's, where it is 1.
  public static Value expand(OnnxNode node) {
    Value x = node.input(0);
    Shape wanted = shape(node, node.counts(1, "shape"));
    Shape both = Broadcast.of(List.of(x.shape(), wanted));
    return both.equals(x.shape()) ? x : node.add(new Op.Expand(both), x);
  }

  static Shape shape(OnnxNode node, List<Count> extents) {
    if (extents.stream().anyMatch(extent -> extent.minimum() < 0)) {
      throw node.invalid("shape " + extents, "extents of 0 or more", "check the `shape` input");
    }
    return new Shape(extents.stream().map(Dimension::of).toList());
  }

  /// Each axis is repeated: [n] becomes [1, n], expands to [r, n], and is [r * n] again.
  public static Value tile(OnnxNode node) {
    Value x = node.input(0);
    int rank = x.shape().rank();
    List<Dimension> repeats =
        node.opset() < 6
            ? oldRepeats(node, rank)
            : shape(node, node.counts(1, "repeats")).dimensions();
    if (repeats.size() != rank) {
      throw node.shapes(
          repeats.size() + " repeats for " + x.shape(), rank + " numbers", "give one per axis");
    }
    Value result = x;
    for (int axis = 0; axis < rank; axis++) {
      result = repeat(node, result, axis, repeats.get(axis));
    }
    return result;
  }

  private static List<Dimension> oldRepeats(OnnxNode node, int rank) {
    int axis = node.axis(node.integer(2, "axis"), rank);
    long tiles = node.integer(1, "tiles");
    return LongStream.range(0, rank).mapToObj(i -> Dimension.of(i == axis ? tiles : 1)).toList();
  }

  private static Value repeat(OnnxNode node, Value x, int axis, Dimension times) {
    if (times.equals(Dimension.of(1))) {
      return x;
    }
    List<Dimension> extents = x.shape().dimensions();
    Dimension outer = Dimension.of(product(extents.subList(0, axis)));
    Dimension inner = Dimension.of(product(extents.subList(axis, extents.size())));
    Value lines = node.reshape(x, new Shape(List.of(outer, Dimension.of(1), inner)));
    Shape whole = new Shape(List.of(outer, times, inner));
    Value repeated = node.add(new Op.Expand(whole), lines);
    Count longer = extents.get(axis).count().times(times.count());
    return node.reshape(repeated, x.shape().with(axis, Dimension.of(longer)));
  }

  /// [N, C, H, W] -> [N, C / b^2, H * b, W * b]
  public static Value depthToSpace(OnnxNode node) {
    Value x = node.input(0);
    long b = blockSize(node, x);
    boolean depthFirst = node.attributes().word("mode", "DCR", List.of("DCR", "CRD")).equals("DCR");
    long[] e = x.shape().extents();
    long depth = e[1] / (b * b);
    if (depth * b * b != e[1]) {
      throw node.shapes("channels " + e[1], "a multiple of " + b * b, "check `blocksize`");
    }
    Value split =
        depthFirst
            ? node.reshape(x, Shape.of(e[0], b, b, depth, e[2], e[3]))
            : node.reshape(x, Shape.of(e[0], depth, b, b, e[2], e[3]));
    List<Integer> order = depthFirst ? List.of(0, 3, 4, 1, 5, 2) : List.of(0, 1, 4, 2, 5, 3);
    Value moved = node.add(new Op.Transpose(order), split);
    return node.reshape(moved, Shape.of(e[0], depth, e[2] * b, e[3] * b));
  }

  /// [N, C, H, W] -> [N, C * b^2, H / b, W / b]
  public static Value spaceToDepth(OnnxNode node) {
    Value x = node.input(0);
    long b = blockSize(node, x);
    boolean depthFirst = node.attributes().word("mode", "DCR", List.of("DCR", "CRD")).equals("DCR");
    long[] e = x.shape().extents();
    if (e[2] % b != 0 || e[3] % b != 0) {
      throw node.shapes("picture " + x.shape(), "multiples of " + b, "check `blocksize`");
    }
    Value split = node.reshape(x, Shape.of(e[0], e[1], e[2] / b, b, e[3] / b, b));
    List<Integer> order = depthFirst ? List.of(0, 3, 5, 1, 2, 4) : List.of(0, 1, 3, 5, 2, 4);
    Value moved = node.add(new Op.Transpose(order), split);
    return node.reshape(moved, Shape.of(e[0], e[1] * b * b, e[2] / b, e[3] / b));
  }

  private static long blockSize(OnnxNode node, Value x) {
    long size = node.attributes().required("blocksize");
    if (size < 1 || size > 1 << 15 || x.shape().rank() != 4) {
      throw node.shapes(
          "block size " + size + " and input " + x.shape(),
          "1 or more, and [N, C, H, W]",
          "check `blocksize`");
    }
    return size;
  }

  public static Value identity(OnnxNode node) {
    return node.input(0);
  }

  /// Outside of training nothing is dropped, and the mask is all true.
  public static List<Value> dropout(OnnxNode node) {
    node.attributes().ignore("ratio", "seed", "is_test");
    if (node.optional(2).isPresent() && node.integer(2, "training_mode") != 0) {
      throw node.unsupported(
          "`training_mode` is true", "inference", "export the model in evaluation mode");
    }
    Value x = node.input(0);
    return node.wants(1) ? List.of(x, Constants.allTrue(node, x.shape())) : List.of(x);
  }
}
