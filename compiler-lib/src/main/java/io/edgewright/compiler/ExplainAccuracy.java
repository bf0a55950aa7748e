package io.edgewright.compiler;

import io.edgewright.compiler.bundle.Golden;
import io.edgewright.compiler.bundle.GoldenCheck;
import io.edgewright.compiler.bundle.MachineCode;
import io.edgewright.compiler.codegen.CodeGenerator;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.endtoend.EndToEnd;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.Scheduler;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.toolchain.Toolchain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the node where a compiled network leaves the reference.
///
/// The optimised network is compiled once more, with every value that the network also has before
/// the passes as an output, and runs on one frame. The same kernels compute it as in the product,
/// but that no layer is cut into stripes.
final class ExplainAccuracy {
  private ExplainAccuracy() {}

  /// @param optimised the product's graph after the passes, its layers whole
  /// @param inputs one for each input of the graph
  /// @throws CompileException when nothing here can run programs for the target
  static AccuracyReport of(EndToEnd product, Graph optimised, Target target, List<Tensor> inputs) {
    return of(product, optimised, target, inputs, GoldenCheck.here());
  }

  static AccuracyReport of(
      EndToEnd product, Graph optimised, Target target, List<Tensor> inputs, GoldenCheck machine) {
    List<Tap> tapped = taps(product.graph(), optimised);
    List<Value> taps = tapped.stream().map(Tap::value).toList();
    NativeProgram program = tapped(product, optimised, target, taps);
    Golden frame = Golden.frame(program, inputs);
    MachineCode code = MachineCode.build(program, target, frame, Toolchain.standard());
    Optional<List<Tensor>> answer = machine.answer(code, program, frame, target);
    List<Tensor> results = answer.orElseThrow(() -> notRunnable(target));
    Graph reference = withOutputs(product.graph(), taps);
    List<double[]> exact = Interpreter.exact(reference, inputs);
    List<double[]> rounded = Interpreter.rounded(reference, inputs);
    List<NodeAccuracy> nodes = new ArrayList<>();
    for (int i = 0; i < taps.size(); i++) {
      nodes.add(
          NodeAccuracy.of(
              tapped.get(i).place(), results.get(i).toDoubles(), exact.get(i), rounded.get(i)));
    }
    return new AccuracyReport(target.id(), nodes);
  }

  /// A value of the optimised network, and the node that makes it.
  private record Tap(Node node, Value value) {
    NodeAccuracy.Place place() {
      return new NodeAccuracy.Place(
          node.name(), node.op().getClass().getSimpleName(), value.name(), value.type());
    }
  }

  /// Values that passes made are known to nobody but them.
  private static List<Tap> taps(Graph network, Graph optimised) {
    Map<Value, Node> known = network.producers();
    return optimised.nodes().stream()
        .flatMap(node -> node.outputs().stream().map(value -> new Tap(node, value)))
        .filter(tap -> known.containsKey(tap.value()))
        .toList();
  }

  private static NativeProgram tapped(
      EndToEnd product, Graph optimised, Target target, List<Value> taps) {
    List<Port> ports =
        taps.stream()
            .map(value -> (Port) Port.Raw.of(value.name(), value.type().element(), value.shape()))
            .toList();
    return CodeGenerator.generate(
        "accuracy",
        target.id(),
        Scheduler.schedule(withOutputs(optimised, taps), Machine.of(target)),
        product.inputs(),
        ports,
        List.of(),
        0);
  }

  private static Graph withOutputs(Graph graph, List<Value> outputs) {
    return new Graph(graph.inputs(), outputs, graph.constants(), graph.nodes());
  }

  private static CompileException notRunnable(Target target) {
    return new CompileException(
        ErrorCode.HOST_UNSUPPORTED,
        Location.option("--explain-accuracy"),
        "programs for `" + target.id() + "` cannot run here",
        "this machine's own processor, or an emulator qemu-" + target.architecture(),
        "leave `--target` out, or install qemu-user");
  }
}
