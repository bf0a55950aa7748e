package io.edgewright.compiler.graph;

import io.edgewright.compiler.graph.Op.ReduceKind;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a node computes, in two lines for people: its formula with the node's own numbers, and its
/// types. Inputs are called what the kernels call them.
///
///     out[n,m,y,x] = max(0, bias[m] + sum(in[n,c,2y+ky-1,2x+kx-1] * weights[m,c,ky,kx]))
///     float32[1, 3, 8, 8], float32[8, 3, 3, 3], float32[8] -> float32[1, 8, 4, 4]
public final class NodeFormula {
  private static final List<String> SPATIAL = List.of("z", "y", "x");

  private NodeFormula() {}

  /// Formula and types.
  public static List<String> of(Node node) {
    return List.of(formula(node), types(node.inputs()) + " -> " + types(node.outputs()));
  }

  private static String types(List<Value> values) {
    return values.stream()
        .map(Value::type)
        .map(TensorType::toString)
        .collect(Collectors.joining(", "));
  }

  private static String formula(Node node) {
    return switch (node.op()) {
      case Op.Convolution op -> convolution(node, op);
      case Op.MatrixMultiply(Expression epilogue) ->
          "out[m,n] = " + ExpressionText.of(epilogue, operands("sum(a[m,k] * b[k,n])", node, 2));
      case Op.Map(Expression expression) -> "out = " + ExpressionText.of(expression, inputs(node));
      case Op.Pool op -> pool(op);
      case Op.Reduce(ReduceKind kind, List<Integer> axes) ->
          "out = " + word(kind) + " of in over " + along(axes);
      case Op.ArgumentReduce op ->
          "out = index of the " + extreme(op.largest()) + " of in along axis " + op.axis();
      case Op.Softmax(int axis, boolean logarithm) ->
          (logarithm ? "out = log(exp(in) / sum(exp(in)))" : "out = exp(in) / sum(exp(in))")
              + (" along axis " + axis);
      case Op.TopK(int axis, long count, boolean largest) ->
          "the " + count + " " + extreme(largest) + " along axis " + axis + ", and their indices";
      case Op.Transpose(List<Integer> order) -> "out = in with its axes in the order " + order;
      case Op.Reshape _ -> "out = in, the same elements in another shape";
      case Op.Slice(List<Long> starts, _, List<Long> steps) ->
          "out[i] = in[start + i * step], from " + starts + " in steps of " + steps;
      case Op.Concat(int axis) -> "out = the inputs one after the other along axis " + axis;
      case Op.Pad op -> "out = in between %s and %s, %s".formatted(op.begin(), op.end(), fill(op));
      case Op.Expand _ -> "out = in, repeated";
      case Op.Resize op ->
          "out = in, resampled %s at %s".formatted(word(op.mode()), word(op.coordinates()));
      case Op.Gather(int axis) -> "out = in[indices] along axis " + axis;
      case Op.ImageToTensor op ->
          "out = (picture - mean) * scale; picture %s to %dx%d, mean %s, scale %s"
              .formatted(
                  word(op.fit()), op.width(), op.height(), numbers(op.mean()), numbers(op.scale()));
      case Op.SelectDetections op ->
          "boxes with a score from %s, none over another by more than %s, %d at most"
              .formatted(op.threshold(), op.overlap(), op.maximum());
      case Op.If _ -> "what one of two graphs gives";
      case Op.Loop loop -> "what a graph gives, %s rounds".formatted(rounds(loop));
      case Op.NonMaxSuppression _ -> "batch, class, box of the best boxes, none over a better one";
      case Op.Scatter(var kind) ->
          "out = data; out[positions[i]] = %s of that and updates[i]".formatted(word(kind));
      case Op.Unique(boolean sorted, _) ->
          "rows of in, each once, " + (sorted ? "sorted" : "as they occur first");
      case Op.NonZero _ -> "out = indices of the elements of in that are not zero";
      case Op.Extents _ -> "out = extents of in";
    };
  }

  private static String rounds(Op.Loop loop) {
    String most = loop.most() == Op.Loop.UNBOUNDED ? "any number of" : "" + loop.most();
    return loop.conditional() ? "at most " + most : most;
  }

  private static String convolution(Node node, Op.Convolution op) {
    Window window = op.window();
    String kernel = kernel(window);
    String sum = "bias[m] + sum(in[n,c,%s] * weights[m,c,%s])".formatted(position(window), kernel);
    String groups = op.groups() == 1 ? "" : ", in " + op.groups() + " groups of channels";
    String out = "out[n,m,%s] = ".formatted(String.join(",", axes(window)));
    return out + ExpressionText.of(op.epilogue(), operands(sum, node, 3)) + groups;
  }

  /// What an epilogue calls its inputs: the sum, then the node's inputs from `first` on.
  private static List<String> operands(String sum, Node node, int first) {
    return Stream.concat(
            Stream.of(sum),
            IntStream.range(0, node.inputs().size() - first).mapToObj(i -> "extra" + i))
        .toList();
  }

  private static String pool(Op.Pool op) {
    String value = "in[n,c,%s]".formatted(position(op.window()));
    String function =
        switch (op.kind()) {
          case MAXIMUM -> "max";
          case AVERAGE -> "mean";
          case AVERAGE_WITH_PADDING -> "mean, zeros around the picture included,";
        };
    return "out[n,c,%s] = %s over %s of %s"
        .formatted(String.join(",", axes(op.window())), function, window(op.window()), value);
  }

  private static String window(Window window) {
    return window.kernel().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  /// The names of the spatial axes: `y,x`.
  private static List<String> axes(Window window) {
    return window.axes() <= SPATIAL.size()
        ? SPATIAL.subList(SPATIAL.size() - window.axes(), SPATIAL.size())
        : IntStream.range(0, window.axes()).mapToObj(axis -> "p" + axis).toList();
  }

  private static String kernel(Window window) {
    return axes(window).stream().map(axis -> "k" + axis).collect(Collectors.joining(","));
  }

  /// Where a window reads: `2y+ky-1,2x+kx-1`.
  private static String position(Window window) {
    List<String> axes = axes(window);
    List<String> places = new ArrayList<>();
    for (int a = 0; a < axes.size(); a++) {
      int padding = window.padsBegin().get(a);
      places.add(
          times(window.strides().get(a), axes.get(a))
              + "+"
              + times(window.dilations().get(a), "k" + axes.get(a))
              + (padding == 0 ? "" : "-" + padding));
    }
    return String.join(",", places);
  }

  private static String times(int factor, String name) {
    return factor == 1 ? name : factor + name;
  }

  private static List<String> inputs(Node node) {
    return IntStream.range(0, node.inputs().size()).mapToObj(i -> "in" + i).toList();
  }

  private static String fill(Op.Pad op) {
    return op.mode() == Op.PadMode.CONSTANT ? "filled with " + op.value() : word(op.mode());
  }

  private static List<Float> numbers(List<Double> numbers) {
    return numbers.stream().map(Double::floatValue).toList();
  }

  private static String along(List<Integer> axes) {
    return axes.stream().map(String::valueOf).collect(Collectors.joining(", ", "axes ", ""));
  }

  private static String extreme(boolean largest) {
    return largest ? "largest" : "smallest";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
