package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// The loops of an elementwise kernel, outermost first: axes in the order of the output's memory,
/// neighbours merged where every view walks on evenly.
///
/// @param shape one extent for each loop; where it is known only at run time, the loop ends there
/// @param strides for each view (the output's first) its stride in each loop
/// @param axes the innermost axis of each loop
record LoopAxes(Shape shape, List<List<Long>> strides, List<Integer> axes) {
  private static final Dimension ONE = Dimension.of(1);
  private static final long NEAREST_CACHE_BYTES = 24 * 1024;

  /// @param views all of the same shape, the output first
  static LoopAxes of(List<View> views) {
    return of(views, Set.of());
  }

  /// @param alone axes that are loops of their own whatever their strides and extents are
  static LoopAxes of(List<View> views, Set<Integer> alone) {
    View output = views.getFirst();
    List<Integer> order =
        IntStream.range(0, output.rank())
            .filter(axis -> !output.dimension(axis).equals(ONE) || alone.contains(axis))
            .boxed()
            .sorted(Comparator.comparingLong((Integer axis) -> -Math.abs(output.stride(axis))))
            .toList();
    List<Dimension> extents = new ArrayList<>();
    List<List<Long>> strides = new ArrayList<>();
    List<Integer> axes = new ArrayList<>();
    views.forEach(_ -> strides.add(new ArrayList<>()));
    for (int axis : order) {
      boolean free = !axes.isEmpty() && !alone.contains(axis) && !alone.contains(axes.getLast());
      if (free && continues(views, strides, axis)) {
        axes.set(axes.size() - 1, axis);
        Count both = extents.getLast().count().times(output.dimension(axis).count());
        extents.set(extents.size() - 1, Dimension.of(both));
        for (int v = 0; v < views.size(); v++) {
          strides.get(v).set(extents.size() - 1, views.get(v).stride(axis));
        }
      } else {
        axes.add(axis);
        extents.add(output.dimension(axis));
        for (int v = 0; v < views.size(); v++) {
          strides.get(v).add(views.get(v).stride(axis));
        }
      }
    }
    return new LoopAxes(new Shape(extents), strides, axes);
  }

  /// The loops of a kernel with one input. Where the input's neighbours are far from each other in
  /// the output, a walk along the input is the inner one, as long as what it writes stays in the
  /// nearest cache: reading one line of it is cheaper than touching as many lines as the output has
  /// columns.
  static LoopAxes of(View output, View input) {
    LoopAxes plain = of(List.of(output, input));
    if (plain.depth() < 2 || plain.innermostStride(1) == 0 || plain.innermostStride(1) == 1) {
      return plain;
    }
    for (int axis = 0; axis < input.rank(); axis++) {
      if (input.extent(axis) > 1 && input.stride(axis) == 1) {
        LoopAxes split = of(List.of(output, input), Set.of(axis));
        int loop = split.axes().indexOf(axis);
        long written = split.room(loop) * output.element().bytes();
        return written <= NEAREST_CACHE_BYTES ? split.withInnermost(loop) : plain;
      }
    }
    return plain;
  }

  private static boolean continues(List<View> views, List<List<Long>> strides, int axis) {
    if (!(views.getFirst().dimension(axis) instanceof Dimension.Fixed)) {
      return false;
    }
    for (int v = 0; v < views.size(); v++) {
      View view = views.get(v);
      if (strides.get(v).getLast() != view.stride(axis) * view.extent(axis)) {
        return false;
      }
    }
    return true;
  }

  /// The same loops with one of them innermost.
  LoopAxes withInnermost(int loop) {
    return new LoopAxes(
        new Shape(moved(shape.dimensions(), loop)),
        strides.stream().map(s -> moved(s, loop)).toList(),
        moved(axes, loop));
  }

  /// The same loops with the one innermost in which a view's elements are neighbours, if any.
  LoopAxes withNeighboursInnermost(int view) {
    int loop = strides.get(view).indexOf(1L);
    return loop < 0 ? this : withInnermost(loop);
  }

  private static <E> List<E> moved(List<E> list, int from) {
    List<E> changed = new ArrayList<>(list);
    changed.add(changed.remove(from));
    return changed;
  }

  /// Where a view's element is, at a position in the loops.
  Expr index(int view, List<Expr> position) {
    Expr index = Expr.zero();
    for (int loop = 0; loop < position.size(); loop++) {
      index = Expr.add(index, Expr.multiply(position.get(loop), strides.get(view).get(loop)));
    }
    return index;
  }

  /// The position along an axis that has a loop of its own; 0 where its extent is 1.
  Expr along(int axis, List<Expr> position) {
    int loop = axes.indexOf(axis);
    return loop < 0 ? Expr.zero() : position.get(loop);
  }

  /// A view's memory with the loops as axes.
  View walked(int view, View memory) {
    return new View(memory.buffer(), memory.element(), memory.offset(), shape, strides.get(view));
  }

  int depth() {
    return axes.size();
  }

  /// Elements at capacity of a loop and of those inside of it.
  private long room(int loop) {
    return new Shape(shape.dimensions().subList(loop, depth())).atCapacity().elements();
  }

  /// Elements of a loop at capacity.
  long extent(int loop) {
    return shape.atCapacity().extent(loop);
  }

  /// How often a loop runs.
  Expr count(int loop) {
    return Expr.count(shape.dimensions().get(loop));
  }

  /// Stride of a view in the innermost loop; 0 where there is no loop.
  long innermostStride(int view) {
    return depth() == 0 ? 0 : strides.get(view).getLast();
  }
}
