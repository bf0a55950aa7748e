package io.edgewright.compiler.endtoend;

import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.manifest.OutputDescription.Classes;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;
import java.util.Optional;

/// One number a class -> rows of class index and probability, best first.
///
/// @param scores with `classes` elements
/// @param top how many rows
record ClassOutput(Value scores, Classes description, long classes, int top) implements Decoding {
  private static final int DEFAULT_TOP = 5;
  private static final String NAME = "classes";

  static Optional<ClassOutput> of(Classes description, List<Value> outputs, Mismatches mismatches) {
    return tensor(description, outputs, mismatches)
        .filter(scores -> isOneLine(scores, mismatches))
        .map(scores -> of(scores, description, mismatches));
  }

  private static Optional<Value> tensor(
      Classes description, List<Value> outputs, Mismatches mismatches) {
    Location where = Location.manifestAt("outputs", "tensor");
    if (description.tensor().isEmpty() && outputs.size() != 1) {
      String names = outputs.stream().map(Value::name).toList().toString();
      mismatches.unfit(
          where,
          "the model has " + outputs.size() + " outputs",
          "the name of one of " + names,
          "say with `tensor` which one holds the classes");
      return Optional.empty();
    }
    String name = description.tensor().orElseGet(() -> outputs.getFirst().name());
    return mismatches.find("output", name, outputs, where);
  }

  private static boolean isOneLine(Value scores, Mismatches mismatches) {
    Dimension one = Dimension.of(1);
    long lines = scores.shape().dimensions().stream().filter(extent -> !extent.equals(one)).count();
    boolean fixed = scores.shape().isFixed();
    boolean fits =
        fixed && lines <= 1 && scores.shape().elements() > 0 && scores.type().element().isFloat();
    if (!fits) {
      mismatches.unfit(
          Location.manifestAt("outputs", "tensor"),
          "`" + scores.name() + "` " + scores.type(),
          "floats with one number a class, such as [1, classes]",
          "name another output; a batch must be 1, bind a symbolic one with `dims`");
    }
    return fits;
  }

  private static ClassOutput of(Value scores, Classes description, Mismatches mismatches) {
    long classes = scores.shape().elements();
    mismatches.checkLabels(description.labels(), classes, scores.name());
    int top = description.top().orElse((int) Math.min(DEFAULT_TOP, classes));
    if (top > classes) {
      mismatches.unfit(
          Location.manifestAt("outputs", "top"),
          "the best " + top,
          "at most " + classes + ", as many as `" + scores.name() + "` has classes",
          "write a smaller number or leave `top` out");
    }
    return new ClassOutput(scores, description, classes, top);
  }

  @Override
  public List<String> names() {
    return List.of(NAME);
  }

  @Override
  public List<Value> addTo(GraphBuilder builder, Results results) {
    Value line = builder.add(NAME, new Op.Reshape(Shape.of(classes)), results.of(scores));
    Expression toFloat = new Expression.Convert(ElementType.FLOAT32, Expression.identity());
    if (scores.type().element() != ElementType.FLOAT32) {
      line = builder.add(NAME, new Op.Map(toFloat), line);
    }
    if (description.softmax()) {
      line = builder.add(NAME, new Op.Softmax(0, false), line);
    }
    List<Value> best = builder.addAll(NAME, new Op.TopK(0, top, true), List.of(line));
    Op column = new Op.Reshape(Shape.of(top, 1));
    Value indices = builder.add(NAME, new Op.Map(toFloat), best.getLast());
    return List.of(
        builder.add(
            NAME,
            new Op.Concat(1),
            builder.add(NAME, column, indices),
            builder.add(NAME, column, best.getFirst())));
  }

  @Override
  public List<Port> ports(List<String> names) {
    return List.of(new Port.Classes(names.getFirst(), description.labels(), top));
  }
}
