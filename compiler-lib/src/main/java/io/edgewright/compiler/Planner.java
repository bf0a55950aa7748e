package io.edgewright.compiler;

import io.edgewright.compiler.Plan.Figures;
import io.edgewright.compiler.Plan.TargetPlan;
import io.edgewright.compiler.codegen.CodeGenerator;
import io.edgewright.compiler.codegen.LayerCost;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.endtoend.EndToEnd;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.TargetChoice;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxModel;
import io.edgewright.compiler.onnx.OnnxReader;
import io.edgewright.compiler.onnx.OperatorUse;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.schedule.ConvolutionMethod;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.schedule.Scheduler;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plans compilations: the first half of [Compiler#compile], for all targets, with every problem.
/// Nothing is compiled and the toolchain is not touched.
public final class Planner {
  private final Manifest manifest;
  private final Location targetsAt;

  /// Targets with the same registers and cores get the same program.
  private final Map<Wanted, Program> programs = new HashMap<>();

  /// All that a schedule depends on beside the graph.
  private record Wanted(Machine machine, ConvolutionMethod convolutions) {}

  private Planner(Manifest manifest, Location targetsAt) {
    this.manifest = manifest;
    this.targetsAt = targetsAt;
  }

  /// @param targetsAt named in the problem when there is no such target
  /// @throws CompileException when the bytes are no model at all
  public static Plan plan(byte[] model, Manifest manifest, Location targetsAt) {
    return new Planner(manifest, targetsAt).plan(OnnxReader.read(model));
  }

  private Plan plan(OnnxModel model) {
    List<Problem> problems = new ArrayList<>();
    Optional<Graph> optimised = Optional.empty();
    try {
      EndToEnd product = EndToEnd.wrap(GraphImporter.read(model, manifest.dims()), manifest);
      optimised = Optional.of(PassList.run(product.graph()));
    } catch (CompileException e) {
      problems.addAll(e.problems());
    }
    List<TargetPlan> targets = new ArrayList<>();
    for (TargetChoice choice : manifest.targets()) {
      targets.add(target(choice.device(), optimised));
    }
    return new Plan(manifest.name(), OperatorUse.of(model), problems, targets);
  }

  private TargetPlan target(String id, Optional<Graph> optimised) {
    TargetCatalog catalog = TargetCatalog.standard();
    Optional<Problem> unknown = catalog.problem(id, targetsAt);
    if (unknown.isPresent()) {
      return new TargetPlan(id, Optional.empty(), Optional.empty(), List.of(unknown.get()));
    }
    Target target = catalog.get(id, targetsAt);
    if (optimised.isEmpty()) {
      return new TargetPlan(id, Optional.of(target), Optional.empty(), List.of());
    }
    try {
      Figures figures = figures(optimised.get(), target);
      List<Problem> problems =
          Shortage.problems(
              manifest.budget(),
              target,
              figures.arenaBytes(),
              figures.weightsBytes(),
              figures.latencyMillis());
      return new TargetPlan(id, Optional.of(target), Optional.of(figures), problems);
    } catch (CompileException e) {
      return new TargetPlan(id, Optional.of(target), Optional.empty(), e.problems());
    }
  }

  private Figures figures(Graph graph, Target target) {
    Program program =
        programs.computeIfAbsent(
            new Wanted(Machine.of(target), Compiler.convolutions(manifest, target)),
            wanted -> Scheduler.schedule(graph, wanted.machine(), wanted.convolutions()));
    List<LayerCost> layers = LayerCosts.of(graph, program, target);
    long flops = layers.stream().mapToLong(LayerCost::flops).sum();
    double latencyMillis = layers.stream().mapToDouble(LayerCost::predictedMicros).sum() / 1000;
    long weightsBytes = CodeGenerator.weightsBytes(program);
    return new Figures(
        weightsBytes,
        program.memory().arenaBytes(),
        flops,
        latencyMillis,
        latencyMillis * target.watts(),
        CompilePrice.of(program.functions().size(), weightsBytes, flops));
  }
}
