package io.edgewright.compiler.onnx.operators;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Einsum as matrix products: operands are joined two at a time, summing over labels that neither
/// the output nor a later operand names.
public final class Einsum {
  /// Labels of the axes behind an ellipsis, the last one nearest to zero.
  private static final String ELLIPSIS = "0123456789";

  private static final Dimension ONE = Dimension.of(1);

  private final OnnxNode node;
  private final String equation;
  private final Map<Character, Dimension> extents = new LinkedHashMap<>();

  private Einsum(OnnxNode node, String equation) {
    this.node = node;
    this.equation = equation;
  }

  /// A tensor with a label for each axis.
  private record Labelled(Value value, String labels) {}

  public static Value read(OnnxNode node) {
    String equation = node.attributes().text("equation", "").replace(" ", "");
    return new Einsum(node, equation).evaluate();
  }

  private Value evaluate() {
    String[] sides = equation.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    if (sides.length > 2 || terms.length != node.inputCount()) {
      throw invalid("one term per input");
    }
    List<Labelled> operands = new ArrayList<>();
    for (int i = 0; i < terms.length; i++) {
      operands.add(diagonal(labelled(node.input(i), terms[i])));
    }
    String output =
        sides.length == 2 ? expand(sides[1], longestEllipsis(operands)) : implicit(operands);
    if (output.chars().anyMatch(label -> !extents.containsKey((char) label))) {
      throw invalid("output labels that an input has");
    }
    Labelled result = operands.getFirst();
    for (int i = 1; i < operands.size(); i++) {
      Set<Character> needed = characters(output);
      operands.subList(i + 1, operands.size()).forEach(o -> needed.addAll(characters(o.labels)));
      result = join(result, operands.get(i), needed);
    }
    return ordered(summed(result, characters(output)), output).value();
  }

  private RuntimeException invalid(String allowed) {
    return node.attributes()
        .invalid("equation", "`" + equation + "`", allowed, "check the equation");
  }

  private Labelled labelled(Value value, String term) {
    int rank = value.shape().rank();
    int behind = rank - term.replace("...", "").length();
    if (behind < 0 || (behind > 0 && !term.contains("...")) || behind > ELLIPSIS.length()) {
      throw invalid("as many labels as axes");
    }
    String labels = expand(term, behind);
    for (int axis = 0; axis < rank; axis++) {
      Dimension extent = value.shape().dimensions().get(axis);
      Dimension other = extents.merge(labels.charAt(axis), extent, (a, b) -> a.equals(ONE) ? b : a);
      if (!extent.equals(ONE) && !extent.equals(other)) {
        throw invalid("equal extents for `" + labels.charAt(axis) + "`");
      }
    }
    return new Labelled(value, labels);
  }

  private static String expand(String term, int behind) {
    return term.replace("...", ELLIPSIS.substring(ELLIPSIS.length() - behind));
  }

  private static int longestEllipsis(List<Labelled> operands) {
    return (int)
        operands.stream()
            .mapToLong(o -> o.labels.chars().filter(Character::isDigit).count())
            .max()
            .orElse(0);
  }

  /// Labels that occur once, in alphabetical order, behind those of the ellipsis.
  private String implicit(List<Labelled> operands) {
    Map<Character, Integer> counts = new TreeMap<>();
    String all = equation.replace(",", "").replace("->", "").replace(".", "");
    all.chars().forEach(label -> counts.merge((char) label, 1, Integer::sum));
    String once =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() == 1)
            .map(entry -> entry.getKey().toString())
            .collect(Collectors.joining());
    return expand("...", longestEllipsis(operands)) + once;
  }

  private static Set<Character> characters(String labels) {
    return labels
        .chars()
        .mapToObj(label -> (char) label)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// A label twice in one term takes the diagonal of those two axes.
  private Labelled diagonal(Labelled operand) {
    String labels = operand.labels;
    for (int first = 0; first < labels.length(); first++) {
      int second = labels.indexOf(labels.charAt(first), first + 1);
      if (second > 0) {
        return diagonal(diagonal(operand, first, second));
      }
    }
    return operand;
  }

  private Labelled diagonal(Labelled operand, int first, int second) {
    String rest =
        new StringBuilder(operand.labels).deleteCharAt(second).deleteCharAt(first).toString();
    Shape shape = operand.value.shape();
    long extent = shape.extent(first);
    List<Integer> order =
        new ArrayList<>(
            IntStream.range(0, shape.rank())
                .filter(i -> i != first && i != second)
                .boxed()
                .toList());
    order.addAll(0, List.of(first, second));
    Value front = node.add(new Op.Transpose(order), operand.value);
    Shape lines = Reshaping.without(front.shape(), Set.of(0)).with(0, extent * extent);
    long[] places = LongStream.range(0, extent).map(i -> i * (extent + 1)).toArray();
    Value indices = node.constant(Tensor.ofLongs(Shape.of(extent), places));
    Value taken = node.add(new Op.Gather(0), node.reshape(front, lines), indices);
    return new Labelled(taken, operand.labels.charAt(first) + rest);
  }

  private Labelled summed(Labelled operand, Set<Character> needed) {
    List<Integer> axes =
        IntStream.range(0, operand.labels.length())
            .filter(axis -> !needed.contains(operand.labels.charAt(axis)))
            .boxed()
            .toList();
    if (axes.isEmpty()) {
      return operand;
    }
    Value sum = node.add(new Op.Reduce(Op.ReduceKind.SUM, axes), operand.value);
    String kept =
        operand
            .labels
            .chars()
            .filter(label -> needed.contains((char) label))
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return new Labelled(node.reshape(sum, Reshaping.without(sum.shape(), Set.copyOf(axes))), kept);
  }

  private Labelled join(Labelled left, Labelled right, Set<Character> needed) {
    Set<Character> both = characters(left.labels);
    both.retainAll(characters(right.labels));
    Set<Character> keptLeft = new LinkedHashSet<>(needed);
    keptLeft.addAll(both);
    Labelled a = summed(left, keptLeft);
    Labelled b = summed(right, keptLeft);
    String batch = chosen(both, needed, true);
    String inner = chosen(both, needed, false);
    String rows = minus(a.labels, batch + inner);
    String columns = minus(b.labels, batch + inner);
    Value product =
        MatrixProducts.multiplyMatrices(
            node, grouped(a, batch, rows, inner), grouped(b, batch, inner, columns));
    String labels = batch + rows + columns;
    return new Labelled(node.reshape(product, shapeOf(labels)), labels);
  }

  private static String chosen(Set<Character> labels, Set<Character> needed, boolean wanted) {
    return labels.stream()
        .filter(label -> needed.contains(label) == wanted)
        .map(Object::toString)
        .collect(Collectors.joining());
  }

  private static String minus(String labels, String others) {
    return labels
        .chars()
        .filter(label -> others.indexOf(label) < 0)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /// [batch, first, second], each the product of its labels' extents.
  private Value grouped(Labelled operand, String batch, String first, String second) {
    Value value = ordered(operand, batch + first + second).value();
    return node.reshape(value, new Shape(List.of(product(batch), product(first), product(second))));
  }

  private Shape shapeOf(String labels) {
    return new Shape(labels.chars().mapToObj(this::extent).toList());
  }

  private Dimension extent(int label) {
    return Objects.requireNonNull(extents.get((char) label));
  }

  private Dimension product(String labels) {
    return shapeOf(labels).flat().dimensions().getFirst();
  }

  /// Axes in the order of `labels`, repeated where an operand had extent 1.
  private Labelled ordered(Labelled operand, String labels) {
    List<Integer> order = labels.chars().mapToObj(label -> operand.labels.indexOf(label)).toList();
    if (order.contains(-1)) {
      throw invalid("output labels that an input has");
    }
    boolean asIs = operand.labels.equals(labels);
    Value moved = asIs ? operand.value : node.add(new Op.Transpose(order), operand.value);
    Shape whole = shapeOf(labels);
    Value expanded = moved.shape().equals(whole) ? moved : node.add(new Op.Expand(whole), moved);
    return new Labelled(expanded, labels);
  }
}
