package io.edgewright.compiler.schedule.lowering;

import io.edgewright.compiler.graph.Window;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopBuilder;
import io.edgewright.compiler.schedule.loops.View;
import java.util.ArrayList;
import java.util.List;

/// Loops over the steps of a window of any rank, only those that read inside the picture.
///
/// @param input view of the input
/// @param axis the input's first spatial axis
/// @param extents of the output's spatial axes
record WindowLoops(LoopBuilder builder, Window window, View input, int axis, List<Long> extents) {
  /// What is done at a step.
  interface Step {
    /// @param source distance of the input element from the picture's first
    /// @param kernel position in the kernel
    void at(Expr source, List<Expr> kernel);
  }

  /// Steps of one axis that read inside, for one output position.
  private record Run(Expr first, Expr from, Expr to) {}

  /// Writes the loops for an output position.
  ///
  /// @return the number of steps inside the picture
  Expr open(List<Expr> output, Expr start, Step step) {
    List<Run> runs = new ArrayList<>();
    Expr count = Expr.index(1);
    for (int a = 0; a < window.axes(); a++) {
      Run run = run(a, output.get(a));
      runs.add(run);
      Expr steps = Expr.add(run.to(), Expr.multiply(run.from(), -1));
      count = a == 0 ? steps : Expr.multiply(count, steps);
    }
    open(runs, start, List.of(), step);
    return count;
  }

  private void open(List<Run> runs, Expr start, List<Expr> kernel, Step step) {
    int a = kernel.size();
    if (a == window.axes()) {
      step.at(start, kernel);
      return;
    }
    Run run = runs.get(a);
    builder.loop(
        "step",
        run.from(),
        run.to(),
        1,
        k -> {
          Expr place = Expr.add(run.first(), Expr.multiply(k, window.dilations().get(a)));
          Expr source = Expr.add(start, Expr.multiply(place, input.stride(axis + a)));
          open(runs, builder.let("source", source), Nest.followed(kernel, k), step);
        });
  }

  private Run run(int a, Expr output) {
    long kernel = window.kernel().get(a);
    long dilation = window.dilations().get(a);
    long extent = input.extent(axis + a);
    Expr first =
        Expr.add(Expr.multiply(output, window.strides().get(a)), -window.padsBegin().get(a));
    Expr named = first instanceof Expr.Index ? first : builder.let("first", first);
    long lastFirst = (extents.get(a) - 1) * window.strides().get(a) - window.padsBegin().get(a);
    if (window.padsBegin().get(a) == 0 && lastFirst + (kernel - 1) * dilation < extent) {
      return new Run(named, Expr.zero(), Expr.index(kernel));
    }
    Expr missing = Expr.divide(Expr.subtract(dilation - 1, named), dilation);
    Expr room = Expr.divide(Expr.subtract(extent + dilation - 1, named), dilation);
    return new Run(
        named,
        builder.let("from", Expr.maximum(Expr.zero(), missing)),
        builder.let("to", Expr.minimum(Expr.index(kernel), room)));
  }
}
