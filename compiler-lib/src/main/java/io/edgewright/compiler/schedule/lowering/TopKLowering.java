package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt;
import io.edgewright.compiler.schedule.loops.View;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The largest or smallest elements of every line along an axis, by the library kernel `topk.h`,
/// which wants the same step from element to element in all three tensors.
public final class TopKLowering {
  private TopKLowering() {}

  /// Lowers a selection of the first few elements.
  public static void lower(LoweringContext context, Node node, Op.TopK op) {
    View input = context.view(node.input(0));
    View values = context.view(node.outputs().get(0));
    View indices = context.view(node.outputs().get(1));
    if (values.elements() == 0) {
      return;
    }
    long step = values.stride(op.axis());
    if (input.stride(op.axis()) == step && indices.stride(op.axis()) == step) {
      emit(context, node, op, input, values, indices);
      return;
    }
    List<Integer> order = axisLast(values.rank(), op.axis());
    View denseValues = context.scratch(values.element(), values.shape(), order);
    View denseIndices = context.scratch(indices.element(), indices.shape(), order);
    emit(context, node, op, context.dense(input, op.axis(), node), denseValues, denseIndices);
    CopyLowering.lower(context, node, denseValues, values);
    CopyLowering.lower(context, node, denseIndices, indices);
  }

  private static List<Integer> axisLast(int rank, int axis) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    order.remove(Integer.valueOf(axis));
    order.add(axis);
    return order;
  }

  private static void emit(
      LoweringContext context, Node node, Op.TopK op, View input, View values, View indices) {
    LoopBuilder builder = context.function("top_k", node);
    LoopAxes lines =
        LoopAxes.of(
            List.of(
                values.part(op.axis(), 0, 1),
                indices.part(op.axis(), 0, 1),
                input.part(op.axis(), 0, 1)));
    builder.include("topk.h");
    Pointer valuesOut = builder.writes("values", values);
    Pointer indicesOut = builder.writes("indices", indices);
    Pointer in = builder.reads("in", input);
    long extent = input.extent(op.axis());
    List<Stmt.Argument> numbers =
        List.of(
            whole(extent),
            whole(op.count()),
            whole(input.stride(op.axis())),
            whole(op.largest() ? 1 : 0));
    Nest.Body line =
        (position, _) -> {
          List<Stmt.Argument> arguments = new ArrayList<>();
          arguments.add(new Stmt.Argument.Address(valuesOut, lines.index(0, position)));
          arguments.add(new Stmt.Argument.Address(indicesOut, lines.index(1, position)));
          arguments.add(new Stmt.Argument.Address(in, lines.index(2, position)));
          arguments.addAll(numbers);
          builder.call(function(input.element()), arguments);
        };
    long work = input.elements() * 4;
    context.add(builder.finish(Nest.emit(builder, lines, context.machine(), work, 1, line)));
  }

  private static Stmt.Argument whole(long value) {
    return new Stmt.Argument.Whole(Expr.index(value));
  }

  private static String function(ElementType element) {
    return switch (element) {
      case FLOAT32 -> "ew_topk_float";
      case FLOAT64 -> "ew_topk_double";
      case FLOAT16 -> "ew_topk_half";
      case INT8 -> "ew_topk_int8";
      case INT16 -> "ew_topk_int16";
      case INT32 -> "ew_topk_int32";
      case INT64 -> "ew_topk_int64";
      case UINT8, BOOL -> "ew_topk_uint8";
      case UINT16 -> "ew_topk_uint16";
      case UINT32 -> "ew_topk_uint32";
      case UINT64 -> "ew_topk_uint64";
    };
  }
}
