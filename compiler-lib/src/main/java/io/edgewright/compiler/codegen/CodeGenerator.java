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
  /// Above the functions that users call.
  public static final String USERS = EntryPoint.SECTION;

  /// The arena's bytes hold numbers of one type after another, which C's rules of aliasing forbid.
  private static final List<String> FLAGS =
      List.of("-ffp-contract=fast", "-fno-math-errno", "-fno-strict-aliasing");

  /// Above the functions that the network's own call; they are the same in every program.
  public static final String LIBRARY =
      "/* ---------------- Elements and vectors, and what is done with them ---------------- */\n\n";

  /// Above the network's own functions.
  public static final String NETWORK =
      "/* ---------------- The network, in the order in which it runs ---------------- */\n\n";

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
    CPrinter printer = new CPrinter(program, entry::outputAddress);
    program.functions().forEach(printer::print);
    Optional<EntryPoint.Thresholds> thresholds =
        printer.threshold().isPresent()
            ? Optional.of(
                new EntryPoint.Thresholds(printer.threshold().getAsDouble(), goldenThreshold))
            : Optional.empty();
    List<String> steps = new StepPrinter(printer).print(program.steps());
    String source =
        Heading.of(name, target, program, inputs, outputs)
            + "#include \"model.h\"\n\n"
            + library(program, printer)
            + NETWORK
            + EntryPoint.frame(thresholds.isPresent(), !program.numbers().isEmpty())
            + printer.text()
            + entry.print(program, steps, weights, thresholds);
    long arenaBytes = program.memory().arenaBytes();
    return new NativeProgram(
        name, source, FLAGS, weights.content(), inputs, outputs, arenaBytes, layers);
  }

  /// What the network's functions call: elements and vectors, then library kernels.
  private static String library(Program program, CPrinter printer) {
    StringBuilder text = new StringBuilder(LIBRARY);
    text.append(Prelude.text(printer.expressions().uses()));
    program.functions().stream()
        .map(LoopFunction::kernels)
        .flatMap(List::stream)
        .distinct()
        .forEach(kernel -> text.append(kernel(kernel)).append('\n'));
    return text.toString();
  }

  /// The length of the `weights.bin` that comes with a program.
  public static long weightsBytes(Program program) {
    return WeightsFile.bytes(program);
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
