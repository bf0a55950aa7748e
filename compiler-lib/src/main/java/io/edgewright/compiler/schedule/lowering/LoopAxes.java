package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.schedule.loops.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The loops of an elementwise kernel, outermost first: axes in the order of the output's memory,
/// neighbours merged where every view walks on evenly.
///
/// @param extents one for each loop
/// @param strides for each view (the output's first) its stride in each loop
record LoopAxes(List<Long> extents, List<List<Long>> strides) {
  /// @param views all of the same shape, the output first
  static LoopAxes of(List<View> views) {
    View output = views.getFirst();
    List<Integer> order =
        IntStream.range(0, output.rank())
            .filter(axis -> output.extent(axis) != 1)
            .boxed()
            .sorted(Comparator.comparingLong((Integer axis) -> -Math.abs(output.stride(axis))))
            .toList();
    List<Long> extents = new ArrayList<>();
    List<List<Long>> strides = new ArrayList<>();
    views.forEach(_ -> strides.add(new ArrayList<>()));
    for (int axis : order) {
      if (!extents.isEmpty() && continues(views, strides, axis)) {
        extents.set(extents.size() - 1, extents.getLast() * output.extent(axis));
        for (int v = 0; v < views.size(); v++) {
          strides.get(v).set(extents.size() - 1, views.get(v).stride(axis));
        }
      } else {
        extents.add(output.extent(axis));
        for (int v = 0; v < views.size(); v++) {
          strides.get(v).add(views.get(v).stride(axis));
        }
      }
    }
    return new LoopAxes(extents, strides);
  }

  private static boolean continues(List<View> views, List<List<Long>> strides, int axis) {
    for (int v = 0; v < views.size(); v++) {
      View view = views.get(v);
      if (strides.get(v).getLast() != view.stride(axis) * view.extent(axis)) {
        return false;
      }
    }
    return true;
  }

  int depth() {
    return extents.size();
  }

  /// Stride of a view in the innermost loop; 0 where there is no loop.
  long innermostStride(int view) {
    return depth() == 0 ? 0 : strides.get(view).getLast();
  }
}
