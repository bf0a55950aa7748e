package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.schedule.loops.LoopFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Prints a scheduled program as one C file.
public final class CodeGenerator {
  private static final List<String> FLAGS = List.of("-ffp-contract=fast", "-fno-math-errno");

  private CodeGenerator() {}

  /// @param inputs what the program's inputs mean, in the order of the graph's
  /// @param outputs what its outputs mean; a port of detections stands for two graph outputs
  /// @param goldenThreshold the score from which detections count in the self-test; unused where
  ///   the program has none
  public static NativeProgram generate(
      String name,
      String target,
      Program program,
      List<Port> inputs,
      List<Port> outputs,
      List<LayerCost> layers,
      double goldenThreshold) {
    WeightsFile weights = new WeightsFile(program.weights());
    EntryPoint entry = new EntryPoint(name, target, inputs, outputs);
    CPrinter printer = new CPrinter(program.memory(), entry::outputAddress);
    program.functions().forEach(printer::print);
    StringBuilder source = new StringBuilder("#include \"model.h\"\n\n");
    source.append(Prelude.text(printer.expressions().uses()));
    program.functions().stream()
        .map(LoopFunction::kernels)
        .flatMap(List::stream)
        .distinct()
        .forEach(kernel -> source.append(kernel(kernel)).append('\n'));
    source.append(EntryPoint.FRAME).append(printer.text());
    long arenaBytes = program.memory().arenaBytes();
    Optional<EntryPoint.Thresholds> thresholds =
        printer.threshold().isPresent()
            ? Optional.of(
                new EntryPoint.Thresholds(printer.threshold().getAsDouble(), goldenThreshold))
            : Optional.empty();
    source.append(entry.print(program.functions(), weights, arenaBytes, thresholds));
    return new NativeProgram(
        name, source.toString(), FLAGS, weights.content(), inputs, outputs, arenaBytes, layers);
  }

  /// The text of a library kernel.
  private static String kernel(String file) {
    String path = "/io/edgewright/compiler/kernels/" + file;
    try (InputStream resource = CodeGenerator.class.getResourceAsStream(path)) {
      if (resource == null) {
        throw new IllegalStateException("no kernel " + path);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
