package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt.Argument;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Every row once: the kernel of `kernels/unique.h`, in one task, which finds out how many there
/// are.
public final class UniqueLowering {
  private UniqueLowering() {}

  /// Lowers the search for equal rows.
  public static void lower(LoweringContext context, Node node, Op.Unique op) {
    View input = context.rowMajor(context.view(node.input(0)), node);
    if (input.extent(0) == 0) {
      return;
    }
    LoopBuilder builder = context.function("unique", node);
    builder.include("unique.h");
    List<Argument> arguments = new ArrayList<>();
    for (String name : List.of("values", "first", "inverse", "counts")) {
      View view = context.view(node.outputs().get(arguments.size()));
      arguments.add(address(builder.writes(name, view)));
    }
    arguments.add(address(builder.reads("in", input)));
    arguments.add(new Argument.Whole(input.count(0)));
    arguments.add(new Argument.Whole(input.count(1)));
    arguments.add(new Argument.Whole(Expr.index(op.sorted() ? 1 : 0)));
    Shape words = Shape.of(2 * input.extent(0));
    View scratch = context.scratch(ElementType.INT64, words, List.of(0));
    arguments.add(address(builder.writes("scratch", scratch)));
    builder.call(
        function(input.element()), arguments, new Argument.RunTime(Found.name(op.shape(), 0)));
    context.add(builder.finish(1));
  }

  private static Argument address(Pointer pointer) {
    return new Argument.Address(pointer, Expr.zero());
  }

  private static String function(ElementType element) {
    return switch (element) {
      case FLOAT32 -> "ew_unique_float";
      case FLOAT64 -> "ew_unique_double";
      case FLOAT16 -> "ew_unique_half";
      case INT8 -> "ew_unique_int8";
      case INT16 -> "ew_unique_int16";
      case INT32 -> "ew_unique_int32";
      case INT64 -> "ew_unique_int64";
      case UINT8, BOOL -> "ew_unique_uint8";
      case UINT16 -> "ew_unique_uint16";
      case UINT32 -> "ew_unique_uint32";
      case UINT64 -> "ew_unique_uint64";
    };
  }
}
