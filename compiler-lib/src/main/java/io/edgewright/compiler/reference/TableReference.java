package io.edgewright.compiler.reference;

import io.edgewright.compiler.graph.Op.ScatterKind;
import io.edgewright.compiler.reference.Numbers.Reals;
import io.edgewright.compiler.reference.Numbers.Wholes;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Operators on rows of a table [rows, width].
final class TableReference {
  private TableReference() {}

  static Numbers scatter(ScatterKind kind, List<Numbers> inputs) {
    Numbers data = inputs.get(0);
    long[] positions = ((Wholes) inputs.get(1)).values();
    int width = Math.toIntExact(data.shape().extent(1));
    long rows = data.shape().extent(0);
    Numbers output = data.pick(data.shape(), IntStream.range(0, data.size()).toArray(), 0);
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] >= 0 && positions[i] < rows) {
        int to = Math.toIntExact(positions[i] * width);
        for (int j = 0; j < width; j++) {
          combine(kind, output, to + j, inputs.get(2), i * width + j);
        }
      }
    }
    return output;
  }

  private static void combine(ScatterKind kind, Numbers out, int to, Numbers updates, int from) {
    switch (out) {
      case Reals(TensorType _, double[] values) -> {
        double update = ((Reals) updates).values()[from];
        values[to] =
            switch (kind) {
              case REPLACE -> update;
              case ADD -> values[to] + update;
              case MULTIPLY -> values[to] * update;
              case MINIMUM -> Math.min(values[to], update);
              case MAXIMUM -> Math.max(values[to], update);
            };
      }
      case Wholes(TensorType type, long[] values) -> {
        long update = ((Wholes) updates).values()[from];
        boolean less = WholeFunctions.compare(type.element(), update, values[to]) < 0;
        values[to] =
            switch (kind) {
              case REPLACE -> update;
              case ADD -> WholeFunctions.wrap(type.element(), values[to] + update);
              case MULTIPLY -> WholeFunctions.wrap(type.element(), values[to] * update);
              case MINIMUM -> less ? update : values[to];
              case MAXIMUM -> less ? values[to] : update;
            };
      }
    }
  }

  /// Rows, where each occurs first, which one each row is, how often each occurs.
  static List<Numbers> unique(boolean sorted, Numbers x) {
    int rows = Math.toIntExact(x.shape().extent(0));
    int width = Math.toIntExact(x.shape().extent(1));
    Comparator<Integer> order = (a, b) -> compare(x, a * width, b * width, width);
    Map<Integer, List<Integer>> groups = new TreeMap<>(order);
    for (int row = 0; row < rows; row++) {
      groups.computeIfAbsent(row, _ -> new ArrayList<>()).add(row);
    }
    List<List<Integer>> found = new ArrayList<>(groups.values());
    if (!sorted) {
      found.sort(Comparator.comparing(List::getFirst));
    }
    long[] inverse = new long[rows];
    int[] sources = new int[found.size() * width];
    for (int group = 0; group < found.size(); group++) {
      for (int row : found.get(group)) {
        inverse[row] = group;
      }
      for (int i = 0; i < width; i++) {
        sources[group * width + i] = found.get(group).getFirst() * width + i;
      }
    }
    return List.of(
        x.pick(Shape.of(found.size(), width), sources, 0),
        list(found.stream().mapToLong(List::getFirst).toArray()),
        list(inverse),
        list(found.stream().mapToLong(List::size).toArray()));
  }

  private static Numbers list(long[] values) {
    return new Wholes(new TensorType(ElementType.INT64, Shape.of(values.length)), values);
  }

  private static int compare(Numbers x, int a, int b, int width) {
    int order = 0;
    for (int i = 0; order == 0 && i < width; i++) {
      order =
          switch (x) {
            case Reals(TensorType _, double[] values) ->
                Double.compare(values[a + i] + 0.0, values[b + i] + 0.0);
            case Wholes(TensorType type, long[] values) ->
                WholeFunctions.compare(type.element(), values[a + i], values[b + i]);
          };
    }
    return order;
  }
}
