package io.edgewright.compiler.endtoend;

import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.endtoend.Decoding.Results;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// An output of a detector as a table: [1, N, columns], or the same with more or fewer ones.
record Rows(Value tensor, long count, long columns) {
  /// The output that a field of `decode` names, with its last axis as columns.
  ///
  /// @param allowed the shape in words
  static Optional<Rows> of(
      String field, String name, String allowed, List<Value> outputs, Mismatches mismatches) {
    Location where = Location.manifestAt("outputs", "decode", field);
    Optional<Value> found = mismatches.find("output", name, outputs, where);
    Optional<Rows> rows = found.flatMap(Rows::of);
    if (found.isPresent() && rows.isEmpty()) {
      mismatches.unfit(
          where,
          "`" + name + "` " + found.get().type(),
          allowed,
          "name another output; a batch must be 1, bind a symbolic one with `dims`");
    }
    return rows;
  }

  private static Optional<Rows> of(Value tensor) {
    if (!tensor.shape().isFixed()) {
      return Optional.empty();
    }
    long[] extents = tensor.shape().extents();
    if (extents.length == 0
        || tensor.shape().elements() == 0
        || !tensor.type().element().isFloat()) {
      return Optional.empty();
    }
    long columns = extents[extents.length - 1];
    long[] leading = Arrays.copyOf(extents, extents.length - 1);
    boolean table = Arrays.stream(leading).filter(extent -> extent != 1).count() <= 1;
    long count = Arrays.stream(leading).reduce(1, (a, b) -> a * b);
    return table ? Optional.of(new Rows(tensor, count, columns)) : Optional.empty();
  }

  /// The same elements as a table of that many rows.
  Optional<Rows> withCount(long rows) {
    long elements = count * columns;
    return rows > 0 && elements % rows == 0 && (count == rows || count == 1)
        ? Optional.of(new Rows(tensor, rows, elements / rows))
        : Optional.empty();
  }

  /// float32 [count, columns] in the graph.
  Value addTo(GraphBuilder builder, Results results) {
    Value table = builder.add(name(), new Op.Reshape(Shape.of(count, columns)), results.of(tensor));
    Expression converted = new Expression.Convert(ElementType.FLOAT32, Expression.identity());
    return tensor.type().element() == ElementType.FLOAT32
        ? table
        : builder.add(name(), new Op.Map(converted), table);
  }

  /// Some columns of a table.
  static Value columns(GraphBuilder builder, String name, Value table, long first, long count) {
    Shape shape = Shape.of(table.shape().extent(0), count);
    return builder.add(name, new Op.Slice(List.of(0L, first), shape, List.of(1L, 1L)), table);
  }

  String name() {
    return tensor.name();
  }

  String described() {
    return "`" + name() + "` " + tensor.type();
  }
}
