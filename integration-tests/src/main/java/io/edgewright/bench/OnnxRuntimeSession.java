package io.edgewright.bench;

import io.edgewright.bench.OnnxRuntimeLibrary.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// A model in ONNX Runtime: all optimisations, named dimensions fixed, tensors bound. The outputs
/// of the first inference are the memory for those of all others.
final class OnnxRuntimeSession implements Contender {
  private static final int ALL_OPTIMISATIONS = 99;

  private final OnnxRuntimeLibrary library;
  private final Arena memory = Arena.ofShared();
  private final MemorySegment session;
  private final MethodHandle run;
  private final MemorySegment inputNames;
  private final MemorySegment inputs;
  private final MemorySegment outputNames;
  private final MemorySegment outputs;
  private final long inputCount;
  private final long outputCount;

  OnnxRuntimeSession(OnnxRuntimeLibrary library, BenchModel model, int threads) {
    this.library = library;
    this.run = library.handle(Function.RUN);
    this.session =
        library.create(
            Function.CREATE_SESSION,
            library.environment(),
            memory.allocateFrom(model.file().toString()),
            options(model, threads));
    this.inputCount = model.inputs().size();
    this.outputCount = model.outputs().size();
    this.inputNames = names(model.inputs().stream().map(BenchInput::name).toList());
    this.inputs = memory.allocate(ValueLayout.ADDRESS, Math.max(1, inputCount));
    for (int i = 0; i < inputCount; i++) {
      inputs.setAtIndex(ValueLayout.ADDRESS, i, tensor(model.inputs().get(i)));
    }
    this.outputNames = names(model.outputs());
    this.outputs = memory.allocate(ValueLayout.ADDRESS, outputCount);
  }

  private MemorySegment options(BenchModel model, int threads) {
    MemorySegment options = library.create(Function.CREATE_SESSION_OPTIONS);
    library.call(Function.SET_GRAPH_OPTIMIZATION_LEVEL, options, ALL_OPTIMISATIONS);
    library.call(Function.SET_INTRA_OP_THREADS, options, threads);
    library.call(Function.SET_INTER_OP_THREADS, options, 1);
    model
        .dims()
        .forEach((name, extent) ->
            library.call(
                Function.ADD_FREE_DIMENSION_BY_NAME, options, memory.allocateFrom(name), extent));
    return options;
  }

  private MemorySegment names(List<String> names) {
    MemorySegment table = memory.allocate(ValueLayout.ADDRESS, Math.max(1, names.size()));
    for (int i = 0; i < names.size(); i++) {
      table.setAtIndex(ValueLayout.ADDRESS, i, memory.allocateFrom(names.get(i)));
    }
    return table;
  }

  private MemorySegment tensor(BenchInput input) {
    MemorySegment data = memory.allocate(Math.max(1, input.bytes().length), 64);
    data.copyFrom(MemorySegment.ofArray(input.bytes()));
    long[] extents = input.shape().stream().mapToLong(Long::longValue).toArray();
    MemorySegment shape = memory.allocateFrom(ValueLayout.JAVA_LONG, extents);
    return library.create(
        Function.CREATE_TENSOR_WITH_DATA,
        library.cpuMemory(),
        data,
        (long) input.bytes().length,
        shape,
        (long) extents.length,
        input.type());
  }

  @Override
  public void run() {
    MemorySegment status;
    try {
      status =
          (MemorySegment)
              run.invokeExact(
                  session,
                  MemorySegment.NULL,
                  inputNames,
                  inputs,
                  inputCount,
                  outputNames,
                  outputCount,
                  outputs);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
    library.check(status);
  }

  @Override
  public void close() {
    for (int i = 0; i < inputCount; i++) {
      library.releaseValue(inputs.getAtIndex(ValueLayout.ADDRESS, i));
    }
    for (int i = 0; i < outputCount; i++) {
      MemorySegment value = outputs.getAtIndex(ValueLayout.ADDRESS, i);
      if (value.address() != 0) {
        library.releaseValue(value);
      }
    }
    library.releaseSession(session);
    memory.close();
  }
}
