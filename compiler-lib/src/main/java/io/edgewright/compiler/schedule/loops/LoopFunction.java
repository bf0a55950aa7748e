package io.edgewright.compiler.schedule.loops;

import java.util.List;
import java.util.Set;

/// A kernel: a function that is called once for every task number from 0 to `tasks - 1`, in any
/// order and on any thread.
///
/// @param origin the ONNX node that it computes, for the reader of the C
/// @param meaning types and formula, in lines for the reader of the C
/// @param kernels library kernels whose text the program needs
public record LoopFunction(
    String name,
    String origin,
    List<String> meaning,
    List<Pointer> pointers,
    long tasks,
    List<Stmt> body,
    List<String> kernels) {
  /// The variable that holds the task's number.
  public static final Expr.Var TASK = new Expr.Var("task", VectorType.INDEX);

  /// Names that the frame of every function takes.
  static final Set<String> RESERVED = Set.of("argument", "call", TASK.name());

  public LoopFunction {
    meaning = List.copyOf(meaning);
    pointers = List.copyOf(pointers);
    body = List.copyOf(body);
    kernels = List.copyOf(kernels);
  }
}
