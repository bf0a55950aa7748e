package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ShapeRules;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// `b = f(a); c = g(b)` -> `b0 = f(rows of a); c0 = g(b0); b1 = f(rows of a); c1 = g(b1); c =
/// Concat(c0, c1)`, where f and g slide a window over a picture. Rows that two stripes need are
/// computed for both.
final class RowStripes {
  private static final int ROWS = 2; // of [N, C, rows, columns]
  private static final int FIXED_INPUTS = 3; // picture, weights, bias; then the epilogue's

  private final Set<String> names = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();

  private RowStripes(Graph graph) {
    Stream.of(graph.inputs().stream(), graph.constants().keySet().stream())
        .flatMap(values -> values)
        .forEach(value -> names.add(value.name()));
    graph.nodes().forEach(node -> node.outputs().forEach(value -> names.add(value.name())));
  }

  /// @param to the row after the last
  private record Rows(long from, long to) {
    /// Those that a window covers for these rows of its output, outside of the picture too.
    Rows through(Window window) {
      int stride = window.strides().get(0);
      int above = window.padsBegin().get(0);
      return new Rows(from * stride - above, (to - 1) * stride - above + window.span(0));
    }

    /// Those that a picture has.
    Rows within(long extent) {
      return new Rows(Math.max(0, from), Math.min(extent, to));
    }

    @Override
    public String toString() {
      return "rows " + from + " to " + (to - 1);
    }
  }

  /// Whether a node slides a window over the rows of its first input.
  static boolean isLayer(Node node) {
    return window(node.op()).filter(window -> window.axes() == 2).isPresent()
        && Stream.concat(node.inputs().stream(), node.outputs().stream())
            .allMatch(value -> value.shape().isFixed());
  }

  /// What computes the same as some layers, of which each reads the one before it.
  ///
  /// @return empty where there are not as many stripes, or one would see nothing of the picture
  static Optional<List<Node>> of(Graph graph, List<Node> layers, int count) {
    Value result = layers.getLast().output();
    long rows = result.shape().extent(ROWS);
    RowStripes stripes = new RowStripes(graph);
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < count && count <= rows; i++) {
      Optional<Value> part =
          stripes.stripe(layers, new Rows(i * rows / count, (i + 1) * rows / count));
      part.ifPresent(parts::add);
    }
    if (parts.size() < count) {
      return Optional.empty();
    }
    stripes.nodes.add(
        new Node(layers.getLast().name(), new Op.Concat(ROWS), parts, List.of(result)));
    return Optional.of(stripes.nodes);
  }

  private Optional<Value> stripe(List<Node> layers, Rows result) {
    List<Rows> needed = new ArrayList<>(List.of(result));
    for (Node layer : layers.reversed()) {
      long extent = layer.input(0).shape().extent(ROWS);
      Rows read = needed.getLast().through(window(layer.op()).orElseThrow()).within(extent);
      if (read.from >= read.to) {
        return Optional.empty();
      }
      needed.add(read);
    }
    List<Rows> made = needed.reversed();
    Value picture = cut(layers.getFirst().input(0), made.getFirst());
    for (int i = 0; i < layers.size(); i++) {
      picture = layer(layers.get(i), picture, made.get(i), made.get(i + 1));
    }
    return Optional.of(picture);
  }

  private Value layer(Node whole, Value picture, Rows read, Rows made) {
    List<Value> inputs = new ArrayList<>(whole.inputs());
    inputs.set(0, picture);
    for (int i = FIXED_INPUTS; i < inputs.size(); i++) {
      inputs.set(i, cut(inputs.get(i), made));
    }
    return add(whole.name(), withWindow(whole.op(), read, made), inputs, made);
  }

  /// Rows of a picture, or of what is broadcast to one.
  private Value cut(Value picture, Rows rows) {
    int axis = picture.shape().rank() - 2;
    boolean broadcast = axis < 0 || picture.shape().extent(axis) == 1;
    if (broadcast || (rows.from == 0 && rows.to == picture.shape().extent(axis))) {
      return picture;
    }
    List<Long> starts = new ArrayList<>(Collections.nCopies(picture.shape().rank(), 0L));
    starts.set(axis, rows.from);
    Shape shape = picture.shape().with(axis, rows.to - rows.from);
    List<Long> steps = LongStream.generate(() -> 1).limit(shape.rank()).boxed().toList();
    return add(picture.name(), new Op.Slice(starts, shape, steps), List.of(picture), rows);
  }

  private Value add(String whole, Op op, List<Value> inputs, Rows rows) {
    String name = whole + ", " + rows;
    String unused = name;
    for (int i = 1; !names.add(unused); i++) {
      unused = name + " (" + i + ")";
    }
    var type = ShapeRules.infer(op, inputs.stream().map(Value::type).toList()).getFirst();
    Value output = new Value(unused, type);
    nodes.add(new Node(name, op, inputs, List.of(output)));
    return output;
  }

  private static Optional<Window> window(Op op) {
    return switch (op) {
      case Op.Convolution convolution -> Optional.of(convolution.window());
      case Op.Pool pool -> Optional.of(pool.window());
      case Op _ -> Optional.empty();
    };
  }

  /// The operator for some rows: what of its padding lies beside them stays.
  private static Op withWindow(Op op, Rows read, Rows made) {
    return switch (op) {
      case Op.Convolution(Window window, int groups, long outside, var epilogue) ->
          new Op.Convolution(beside(window, read, made), groups, outside, epilogue);
      case Op.Pool(Op.PoolKind kind, Window window) ->
          new Op.Pool(kind, beside(window, read, made));
      case Op _ -> throw new IllegalArgumentException(op + " has no window");
    };
  }

  private static Window beside(Window window, Rows read, Rows made) {
    Rows covered = made.through(window);
    return new Window(
        window.kernel(),
        window.strides(),
        window.dilations(),
        List.of(Math.toIntExact(read.from - covered.from), window.padsBegin().get(1)),
        List.of(Math.toIntExact(covered.to - read.to), window.padsEnd().get(1)));
  }
}
