package io.edgewright.compiler;

import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.onnx.OperatorUse;
import io.edgewright.compiler.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a compilation would give, found without generating code.
///
/// @param name of the product
/// @param operators of the model, whether they are covered or not
/// @param problems that stand against every target
/// @param targets in the manifest's order
public record Plan(
    String name, List<OperatorUse> operators, List<Problem> problems, List<TargetPlan> targets) {
  /// What it would be on one target.
  ///
  /// @param id as it was asked for
  /// @param target empty where there is no such target
  /// @param figures empty where a problem keeps them from being known
  /// @param problems of this target alone, budgets included
  public record TargetPlan(
      String id, Optional<Target> target, Optional<Figures> figures, List<Problem> problems) {
    public TargetPlan {
      problems = List.copyOf(problems);
    }
  }

  /// The first three are exact: what the compilation then puts in `bundle.json`. The others are
  /// predictions.
  ///
  /// @param weightsBytes of `weights.bin`
  /// @param arenaBytes memory between input and output
  /// @param flops of one inference; a multiply-add counts two
  /// @param latencyMillis of one inference on one core
  /// @param energyMillijoules of one inference, at most: the whole device with all cores busy
  /// @param compilation what compiling costs
  public record Figures(
      long weightsBytes,
      long arenaBytes,
      long flops,
      double latencyMillis,
      double energyMillijoules,
      CompilePrice compilation) {}

  public Plan {
    operators = List.copyOf(operators);
    problems = List.copyOf(problems);
    targets = List.copyOf(targets);
  }

  /// Everything that stands against the compilation; empty when nothing does.
  public List<Problem> allProblems() {
    return Stream.concat(
            problems.stream(), targets.stream().flatMap(target -> target.problems().stream()))
        .distinct()
        .toList();
  }
}
