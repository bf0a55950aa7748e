package io.edgewright.bench;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The `libmodel.so` of an unpacked bundle, in this process. Memory is given to it as our runner
/// gives it: weights mapped from their file, large pages asked for the arena.
///
/// Layouts are those of `model.h`.
@SuppressWarnings("restricted") // calling native code is what it is for
final class CompiledProgram implements Contender {
  private static final long TENSOR_BYTES = 72;
  private static final long TENSOR_SHAPE = 8;
  private static final long PORT_BYTES = 96;
  private static final long PORT_CAPACITY = 88;
  private static final long DESCRIPTION_OUTPUT_COUNT = 28;
  private static final long DESCRIPTION_OUTPUTS = 40;
  private static final long DESCRIPTION_ARENA_BYTES = 48;
  private static final long DESCRIPTION_BYTES = 64;
  private static final long LARGE_PAGE_BYTES = 2L << 20;
  private static final int ADVICE_LARGE_PAGES = 14;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;

  private final Arena memory = Arena.ofShared();
  private final SymbolLookup symbols;
  private final MethodHandle run;
  private final MemorySegment weights;
  private final MemorySegment arena;
  private final MemorySegment inputs;
  private final MemorySegment outputs;
  private final MemorySegment pool;
  private final List<Thread> workers = new ArrayList<>();

  CompiledProgram(Path bundle, BenchModel model, int threads) throws IOException {
    this.symbols = SymbolLookup.libraryLookup(bundle.resolve("libmodel.so"), memory);
    this.run =
        function(
            "ew_run",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, POINTER, POINTER, POINTER, POINTER, POINTER));
    try (FileChannel file =
        FileChannel.open(bundle.resolve("weights.bin"), StandardOpenOption.READ)) {
      this.weights = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), memory);
    }
    MemorySegment description = description();
    this.arena = arena(description.get(ValueLayout.JAVA_LONG, DESCRIPTION_ARENA_BYTES));
    this.inputs = memory.allocate(TENSOR_BYTES * Math.max(1, model.inputs().size()), 8);
    for (int i = 0; i < model.inputs().size(); i++) {
      place(i, model.inputs().get(i));
    }
    this.outputs = outputs(description);
    this.pool = threads > 1 ? pool(threads - 1) : MemorySegment.NULL;
  }

  private MemorySegment description() {
    var described =
        POINTER.withTargetLayout(
            MemoryLayout.sequenceLayout(DESCRIPTION_BYTES, ValueLayout.JAVA_BYTE));
    return (MemorySegment)
        NativeCall.invoke(function("ew_describe", FunctionDescriptor.of(described)));
  }

  private MemorySegment arena(long bytes) {
    MemorySegment made = memory.allocate(Math.max(64, bytes), LARGE_PAGE_BYTES);
    MethodHandle advise =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().find("madvise").orElseThrow(),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, POINTER, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    // An advice only: what it answers changes nothing.
    NativeCall.invoke(advise, made, made.byteSize(), ADVICE_LARGE_PAGES);
    return made;
  }

  private void place(int index, BenchInput input) {
    MemorySegment data = memory.allocate(Math.max(1, input.bytes().length), 64);
    data.copyFrom(MemorySegment.ofArray(input.bytes()));
    inputs.set(POINTER, index * TENSOR_BYTES, data);
    for (int axis = 0; axis < input.shape().size(); axis++) {
      long at = index * TENSOR_BYTES + TENSOR_SHAPE + 8L * axis;
      inputs.set(ValueLayout.JAVA_LONG, at, input.shape().get(axis));
    }
  }

  private MemorySegment outputs(MemorySegment description) {
    int count = description.get(ValueLayout.JAVA_INT, DESCRIPTION_OUTPUT_COUNT);
    MemorySegment ports =
        description.get(POINTER, DESCRIPTION_OUTPUTS).reinterpret(count * PORT_BYTES);
    MemorySegment table = memory.allocate(TENSOR_BYTES * count, 8);
    for (int i = 0; i < count; i++) {
      long bytes = ports.get(ValueLayout.JAVA_LONG, i * PORT_BYTES + PORT_CAPACITY);
      table.set(POINTER, i * TENSOR_BYTES, memory.allocate(Math.max(1, bytes), 64));
    }
    return table;
  }

  private MemorySegment pool(int helpers) {
    long bytes =
        (long)
            NativeCall.invoke(
                function("ew_pool_bytes", FunctionDescriptor.of(ValueLayout.JAVA_LONG)));
    MethodHandle make = function("ew_pool_make", FunctionDescriptor.of(POINTER, POINTER));
    MemorySegment made = (MemorySegment) NativeCall.invoke(make, memory.allocate(bytes, 64));
    MethodHandle work = function("ew_pool_work", FunctionDescriptor.ofVoid(POINTER));
    for (int i = 0; i < helpers; i++) {
      Thread worker = new Thread(() -> NativeCall.invoke(work, made), "worker-" + i);
      worker.start();
      workers.add(worker);
    }
    return made;
  }

  @Override
  public void run() {
    int status;
    try {
      status = (int) run.invokeExact(weights, arena, inputs, outputs, pool);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
    if (status != 0) {
      throw new IllegalStateException("ew_run answered " + status);
    }
  }

  @Override
  public void close() {
    if (!workers.isEmpty()) {
      NativeCall.invoke(function("ew_pool_stop", FunctionDescriptor.ofVoid(POINTER)), pool);
    }
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return; // The memory stays: a worker may still look at it.
      }
    }
    memory.close();
  }

  private MethodHandle function(String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(symbols.find(name).orElseThrow(), descriptor);
  }
}
