package io.edgewright.compiler;

import io.edgewright.compiler.codegen.CodeGenerator;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.Scheduler;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A graph compiled for a target of this machine and loaded into the test's own process.
@SuppressWarnings("restricted") // calling native code is what it is for
public final class CompiledGraph implements AutoCloseable {
  private static final int TENSOR_BYTES = 72;

  private final NativeProgram program;
  private final Arena memory = Arena.ofShared();
  private final MethodHandle run;
  private final MemorySegment weights;
  private final MemorySegment arena;

  private CompiledGraph(
      Graph graph, List<Port> inputs, List<Port> outputs, Target target, Machine machine)
      throws IOException {
    this.program =
        CodeGenerator.generate(
            "test", target.id(), Scheduler.schedule(graph, machine), inputs, outputs, List.of(), 0);
    Path library = Files.createTempFile("edgewright-test", ".so");
    try (Workspace workspace = Toolchain.standard().workspace(target)) {
      workspace.write("model.h", header());
      workspace.write("model.c", program.cSource().getBytes(StandardCharsets.UTF_8));
      List<String> flags = new ArrayList<>(program.compilerFlags());
      flags.add("-fPIC");
      workspace.compile("model.c", "model.o", flags);
      workspace.link("model.so", List.of("-shared", "model.o"));
      Files.write(library, workspace.read("model.so"));
    }
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, memory);
    Files.delete(library);
    this.run =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.find("ew_run").orElseThrow(),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS));
    this.weights = memory.allocate(program.weights().length, 64);
    weights.copyFrom(MemorySegment.ofArray(program.weights()));
    this.arena = memory.allocate(Math.max(64, program.arenaBytes()), 64);
    // What a kernel reads before somebody wrote it must show.
    arena.fill((byte) 0xFF);
  }

  /// Compiles for a target that this machine can run, without passes.
  public static CompiledGraph of(Graph graph, String target) {
    Target device = TargetCatalog.standard().get(target, Location.option("--target"));
    return of(graph, device, Machine.of(device));
  }

  /// Compiles with a schedule for another machine than the target's own, to reach its kernels.
  public static CompiledGraph of(Graph graph, Target target, Machine machine) {
    return of(graph, ports(graph.inputs()), ports(graph.outputs()), target, machine);
  }

  /// Compiles a graph whose inputs and outputs are more than tensors.
  public static CompiledGraph of(
      Graph graph, List<Port> inputs, List<Port> outputs, Target target, Machine machine) {
    try {
      return new CompiledGraph(graph, inputs, outputs, target, machine);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static byte[] header() throws IOException {
    try (InputStream header =
        CodeGenerator.class.getResourceAsStream("/io/edgewright/compiler/bundle/model.h")) {
      if (header == null) {
        throw new IOException("no model.h");
      }
      return header.readAllBytes();
    }
  }

  static List<Port> ports(List<Value> values) {
    return values.stream()
        .map(value -> (Port) Port.Raw.of(value.name(), value.type().element(), value.shape()))
        .toList();
  }

  /// The C that was compiled.
  public String source() {
    return program.cSource();
  }

  /// One inference.
  public List<Tensor> run(List<Tensor> inputs) {
    try (Call call = prepare(inputs)) {
      call.run();
      return call.results();
    }
  }

  /// Memory for inputs and outputs, so that inferences can be repeated.
  public Call prepare(List<Tensor> inputs) {
    return new Call(inputs);
  }

  /// Inputs in native memory, and room for outputs with a guard behind each.
  public final class Call implements AutoCloseable {
    private static final int GUARD_BYTES = 64;

    private final Arena own = Arena.ofConfined();
    private final MemorySegment in;
    private final MemorySegment out;
    private final List<MemorySegment> outputs = new ArrayList<>();

    private Call(List<Tensor> inputs) {
      in = own.allocate((long) TENSOR_BYTES * Math.max(1, inputs.size()), 8);
      for (int i = 0; i < inputs.size(); i++) {
        MemorySegment data = own.allocate(Math.max(1, inputs.get(i).bytes().remaining()), 64);
        data.copyFrom(MemorySegment.ofBuffer(inputs.get(i).bytes()));
        describe(in, i, data, inputs.get(i).shape().extents());
      }
      out = own.allocate((long) TENSOR_BYTES * program.outputs().size(), 8);
      for (int i = 0; i < program.outputs().size(); i++) {
        long bytes = program.outputs().get(i).bytes();
        MemorySegment guarded = own.allocate(bytes + GUARD_BYTES, 64);
        guarded.fill((byte) 0xFF);
        describe(out, i, guarded, new long[0]);
        outputs.add(guarded);
      }
    }

    /// One inference on one thread.
    public void run() {
      try {
        int status = (int) run.invokeExact(weights, arena, in, out, MemorySegment.NULL);
        if (status != 0) {
          throw new AssertionError("ew_run answered " + status);
        }
      } catch (Throwable failed) {
        throw failed instanceof AssertionError error ? error : new AssertionError(failed);
      }
    }

    /// The outputs; their guards must be untouched.
    public List<Tensor> results() {
      List<Tensor> results = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        Port output = program.outputs().get(i);
        long bytes = output.bytes();
        for (long behind = bytes; behind < bytes + GUARD_BYTES; behind++) {
          if (outputs.get(i).get(ValueLayout.JAVA_BYTE, behind) != (byte) 0xFF) {
            throw new AssertionError("written behind the end of " + output.name());
          }
        }
        TensorType type = new TensorType(output.element(), answeredShape(i, output.shape().rank()));
        byte[] content = outputs.get(i).asSlice(0, type.bytes()).toArray(ValueLayout.JAVA_BYTE);
        results.add(new Tensor(type, content));
      }
      return results;
    }

    /// The extents that ew_run wrote down.
    private Shape answeredShape(int index, int rank) {
      long[] extents = new long[rank];
      for (int axis = 0; axis < rank; axis++) {
        extents[axis] = out.get(ValueLayout.JAVA_LONG, (long) index * TENSOR_BYTES + 8 + 8L * axis);
      }
      return Shape.of(extents);
    }

    @Override
    public void close() {
      own.close();
    }
  }

  private static void describe(MemorySegment table, int index, MemorySegment data, long[] shape) {
    long start = (long) index * TENSOR_BYTES;
    table.set(ValueLayout.ADDRESS, start, data);
    for (int axis = 0; axis < shape.length; axis++) {
      table.set(ValueLayout.JAVA_LONG, start + 8 + 8L * axis, shape[axis]);
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
