package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A graph as text, one thing a line, for tests and bug reports. What [#print] writes, [#parse]
/// reads again as an equal graph; the types of nodes' outputs are a comment that is inferred anew.
///
/// ```
/// input x: float32[1, 2]
/// constant w: int64[2] = 3 4
/// node twice: y = Map(expression=ADD($0, $0)) (x) # float32[1, 2]
/// output y
/// ```
///
/// An operator that runs graphs has them in braces, on lines of their own.
///
/// Constants of more than 16 elements are written as base64 of their bytes, behind `base64`.
public final class GraphText {
  private static final int NUMBERS_AT_MOST = 16;

  private final List<Value> inputs = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();
  private final Map<Value, Tensor> constants = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Value> values = new HashMap<>();

  private GraphText() {}

  public static String print(Graph graph) {
    StringBuilder text = new StringBuilder();
    graph.inputs().forEach(input -> text.append("input ").append(typed(input)).append('\n'));
    graph
        .constants()
        .forEach((value, tensor) ->
            text.append("constant " + typed(value) + " = " + data(tensor) + "\n"));
    graph.nodes().forEach(node -> text.append(print(node)).append('\n'));
    graph
        .outputs()
        .forEach(output -> text.append("output " + TextScanner.quote(output.name()) + "\n"));
    return text.toString();
  }

  /// One node as one line.
  public static String print(Node node) {
    String types =
        node.outputs().stream()
            .map(output -> RecordText.print(output.type()))
            .collect(Collectors.joining(" "));
    return "node %s: %s = %s (%s) # %s"
        .formatted(
            TextScanner.quote(node.name()),
            names(node.outputs()),
            RecordText.print(node.op()),
            names(node.inputs()),
            types);
  }

  private static String typed(Value value) {
    return TextScanner.quote(value.name()) + ": " + RecordText.print(value.type());
  }

  private static String names(List<Value> values) {
    return values.stream()
        .map(value -> TextScanner.quote(value.name()))
        .collect(Collectors.joining(", "));
  }

  private static String data(Tensor tensor) {
    StringBuilder numbers = new StringBuilder();
    for (int i = 0; i < tensor.size() && tensor.size() <= NUMBERS_AT_MOST; i++) {
      boolean real = tensor.element().isFloat();
      numbers.append(i == 0 ? "" : " ");
      numbers.append(real ? "" + tensor.getDouble(i) : "" + tensor.getLong(i));
    }
    if (tensor.size() <= NUMBERS_AT_MOST && numbers.indexOf("NaN") < 0) {
      return numbers.toString();
    }
    byte[] bytes = new byte[tensor.bytes().remaining()];
    tensor.bytes().get(bytes);
    return "base64 " + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// @throws IllegalArgumentException when a line cannot be understood
  /// @throws OperandException when operands do not fit an operator
  public static Graph parse(String text) {
    GraphText graph = new GraphText();
    StringBuilder statement = new StringBuilder();
    int depth = 0;
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      statement.append(statement.isEmpty() ? "" : "\n").append(line);
      depth += TextScanner.depth(line);
      if (depth <= 0) {
        graph.line(statement.toString());
        statement.setLength(0);
        depth = 0;
      }
    }
    if (!statement.isEmpty()) {
      throw new TextScanner(statement.toString()).error("`{` without `}`");
    }
    return new Graph(graph.inputs, graph.outputs, graph.constants, graph.nodes);
  }

  private void line(String line) {
    TextScanner scanner = new TextScanner(line);
    switch (scanner.word()) {
      case "input" -> inputs.add(typed(scanner));
      case "constant" -> constant(scanner);
      case "node" -> node(scanner);
      case "output" -> outputs.add(known(scanner));
      default -> throw scanner.error("input, constant, node or output expected");
    }
  }

  private Value typed(TextScanner scanner) {
    String name = scanner.name();
    scanner.expect(':');
    return define(name, RecordText.parseType(scanner));
  }

  private Value define(String name, TensorType type) {
    Value value = new Value(name, type);
    values.put(name, value);
    return value;
  }

  private Value known(TextScanner scanner) {
    String name = scanner.name();
    Value value = values.get(name);
    if (value == null) {
      throw scanner.error("no value `" + name + "`");
    }
    return value;
  }

  private void constant(TextScanner scanner) {
    Value value = typed(scanner);
    scanner.expect('=');
    String first = scanner.word();
    if (first.equals("base64")) {
      byte[] bytes = Base64.getUrlDecoder().decode(scanner.word());
      constants.put(value, new Tensor(value.type(), bytes));
      return;
    }
    List<String> numbers = new ArrayList<>();
    for (String number = first; !number.isEmpty(); number = scanner.word()) {
      numbers.add(number);
    }
    constants.put(value, tensor(value.type(), numbers));
  }

  private static Tensor tensor(TensorType type, List<String> numbers) {
    if (type.element().isFloat()) {
      double[] values = numbers.stream().mapToDouble(Double::parseDouble).toArray();
      return Tensor.ofDoubles(type.element(), type.shape(), values);
    }
    long[] values = numbers.stream().mapToLong(Long::parseLong).toArray();
    return Tensor.ofIntegers(type.element(), type.shape(), values);
  }

  private void node(TextScanner scanner) {
    String name = scanner.name();
    scanner.expect(':');
    List<String> made = new ArrayList<>(List.of(scanner.name()));
    while (scanner.accept(',')) {
      made.add(scanner.name());
    }
    scanner.expect('=');
    Op op = RecordText.parseOp(scanner);
    scanner.expect('(');
    List<Value> operands = new ArrayList<>();
    while (!scanner.accept(')')) {
      if (!operands.isEmpty()) {
        scanner.expect(',');
      }
      operands.add(known(scanner));
    }
    List<TensorType> types = ShapeRules.infer(op, operands.stream().map(Value::type).toList());
    if (types.size() != made.size()) {
      throw scanner.error(types.size() + " outputs expected");
    }
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      outputs.add(define(made.get(i), types.get(i)));
    }
    nodes.add(new Node(name, op, operands, outputs));
  }
}
