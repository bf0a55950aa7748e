package io.edgewright.compiler.schedule.loops;

import java.util.List;

/// A kernel: a function that is called once for every task number from 0 to `tasks - 1`, in any
/// order and on any thread.
///
/// @param origin the ONNX node that it computes, for the reader of the C
/// @param kernels library kernels whose text the program needs
public record LoopFunction(
    String name,
    String origin,
    List<Pointer> pointers,
    long tasks,
    List<Stmt> body,
    List<String> kernels) {
  /// The variable that holds the task's number.
  public static final Expr.Var TASK = new Expr.Var("task", VectorType.INDEX);

  public LoopFunction {
    pointers = List.copyOf(pointers);
    body = List.copyOf(body);
    kernels = List.copyOf(kernels);
  }
}
