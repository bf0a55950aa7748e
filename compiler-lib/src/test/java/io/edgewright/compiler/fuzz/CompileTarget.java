package io.edgewright.compiler.fuzz;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.edgewright.compiler.codegen.CodeGenerator;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.Blame;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.endtoend.EndToEnd;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxReader;
import io.edgewright.compiler.onnx.OperatorTable;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.Scheduler;
import io.edgewright.compiler.target.TargetCatalog;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/// What Jazzer calls: bytes become a model, the model becomes C or problems that a user can act on.
/// Anything else is a fault, and so is more than two seconds of processor time, or a touched file.
public final class CompileTarget {
  private static final long LONGEST_NANOS = 2_000_000_000L;
  private static final int MOST_DESCRIPTORS = 64;
  private static final int INPUTS_PER_LOOK = 1024;

  private static final List<ModelProto> SEEDS = SeedModels.all();
  private static final List<String> OPERATORS = List.copyOf(OperatorTable.operators());
  private static final Machine MACHINE =
      Machine.of(TargetCatalog.standard().get("x86-64-v3", Location.option("--target")));
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final ForbiddenAccess ACCESS = ForbiddenAccess.watch();

  private static long inputs;

  private CompileTarget() {}

  /// One input.
  public static void fuzzerTestOneInput(FuzzedDataProvider choices) {
    byte[] model = model(choices);
    long before = THREADS.getCurrentThreadCpuTime();
    compile(model);
    long nanos = THREADS.getCurrentThreadCpuTime() - before;
    if (nanos > LONGEST_NANOS) {
      throw new IllegalStateException("took " + nanos / 1_000_000 + " ms");
    }
    if (++inputs % INPUTS_PER_LOOK == 0) {
      look();
    }
  }

  private static void look() {
    ACCESS
        .seen()
        .ifPresent(event -> {
          throw new IllegalStateException("touched " + event);
        });
    String[] open = new File("/proc/self/fd").list();
    if (open != null && open.length > MOST_DESCRIPTORS + SEEDS.size()) {
      throw new IllegalStateException(open.length + " open files");
    }
  }

  /// A seed with changes; now and then a byte of the file on top.
  private static byte[] model(FuzzedDataProvider choices) {
    byte[] bytes =
        new ModelMutator(choices, OPERATORS).mutate(choices.pickValue(SEEDS)).toByteArray();
    if (bytes.length > 0 && choices.consumeInt(0, 15) == 15) {
      bytes[choices.consumeInt(0, bytes.length - 1)] = choices.consumeByte();
    }
    return bytes;
  }

  private static void compile(byte[] model) {
    try {
      Manifest manifest = Manifest.raw("fuzz");
      Graph network = GraphImporter.read(OnnxReader.read(model), manifest.dims());
      EndToEnd product = EndToEnd.wrap(network, manifest);
      Graph optimised = PassList.run(product.graph());
      NativeProgram program =
          CodeGenerator.generate(
              "fuzz",
              "x86-64-v3",
              Scheduler.schedule(optimised, MACHINE),
              product.inputs(),
              product.outputs(),
              List.of(),
              0);
      if (program.cSource().isEmpty()) {
        throw new IllegalStateException("no source");
      }
    } catch (CompileException refused) {
      if (refused.problems().stream().anyMatch(p -> p.code().blame() == Blame.SERVICE)) {
        throw refused;
      }
    }
  }
}
