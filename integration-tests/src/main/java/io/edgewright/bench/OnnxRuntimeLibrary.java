package io.edgewright.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// ONNX Runtime's C interface: a table of functions that only ever grows at its end. Taken from the
/// library inside the Java package, called directly, so that no copy and no wrapper is counted for
/// it.
@SuppressWarnings("restricted") // calling native code is what it is for
final class OnnxRuntimeLibrary {
  /// Places of functions in the table, and what they are given; each answers a status.
  enum Function {
    CREATE_ENV(3, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
    CREATE_SESSION(
        7, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
    RUN(
        9,
        ValueLayout.ADDRESS,
        ValueLayout.ADDRESS,
        ValueLayout.ADDRESS,
        ValueLayout.ADDRESS,
        ValueLayout.JAVA_LONG,
        ValueLayout.ADDRESS,
        ValueLayout.JAVA_LONG,
        ValueLayout.ADDRESS),
    CREATE_SESSION_OPTIONS(10, ValueLayout.ADDRESS),
    SET_GRAPH_OPTIMIZATION_LEVEL(23, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
    SET_INTRA_OP_THREADS(24, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
    SET_INTER_OP_THREADS(25, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
    CREATE_TENSOR_WITH_DATA(
        49,
        ValueLayout.ADDRESS,
        ValueLayout.ADDRESS,
        ValueLayout.JAVA_LONG,
        ValueLayout.ADDRESS,
        ValueLayout.JAVA_LONG,
        ValueLayout.JAVA_INT,
        ValueLayout.ADDRESS),
    CREATE_CPU_MEMORY_INFO(69, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
    ADD_FREE_DIMENSION_BY_NAME(
        124, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);

    private final int place;

    @SuppressWarnings("ImmutableEnumChecker") // descriptors are immutable without saying so
    private final FunctionDescriptor descriptor;

    Function(int place, MemoryLayout... arguments) {
      this.place = place;
      this.descriptor = FunctionDescriptor.of(ValueLayout.ADDRESS, arguments);
    }
  }

  private static final int API_VERSION = 16;
  private static final int GET_ERROR_MESSAGE = 2;
  private static final int RELEASE_SESSION = 95;
  private static final int RELEASE_VALUE = 96;
  private static final int LOG_ERRORS = 3;
  private static final AddressLayout TEXT =
      ValueLayout.ADDRESS.withTargetLayout(
          MemoryLayout.sequenceLayout(Integer.MAX_VALUE, ValueLayout.JAVA_BYTE));

  private final Path file;
  private final Arena memory = Arena.ofShared();
  private final MemorySegment table;
  private final String version;
  private final MemorySegment environment;
  private final MemorySegment cpuMemory;

  private OnnxRuntimeLibrary(Path file) {
    this.file = file;
    SymbolLookup symbols = SymbolLookup.libraryLookup(file, memory);
    MethodHandle getBase =
        handle(symbols.find("OrtGetApiBase").orElseThrow(), FunctionDescriptor.of(pointers(2)));
    MemorySegment base = (MemorySegment) NativeCall.invoke(getBase);
    MethodHandle getApi =
        handle(
            base.getAtIndex(ValueLayout.ADDRESS, 0),
            FunctionDescriptor.of(pointers(RELEASE_SESSION + 100L), ValueLayout.JAVA_INT));
    MethodHandle getVersion =
        handle(base.getAtIndex(ValueLayout.ADDRESS, 1), FunctionDescriptor.of(TEXT));
    this.version = ((MemorySegment) NativeCall.invoke(getVersion)).getString(0);
    this.table = (MemorySegment) NativeCall.invoke(getApi, API_VERSION);
    this.environment = create(Function.CREATE_ENV, LOG_ERRORS, memory.allocateFrom("bench"));
    this.cpuMemory = create(Function.CREATE_CPU_MEMORY_INFO, 0, 0);
  }

  /// Unpacks the library into a folder and loads it.
  static OnnxRuntimeLibrary load(Path folder) throws IOException, BenchException {
    String system =
        System.getProperty("os.arch", "").equals("aarch64") ? "linux-aarch64" : "linux-x64";
    Path file = folder.resolve("libonnxruntime.so");
    try (InputStream library =
        OnnxRuntimeLibrary.class.getResourceAsStream(
            "/ai/onnxruntime/native/" + system + "/libonnxruntime.so")) {
      if (library == null) {
        throw new BenchException("ONNX Runtime has no library for " + system);
      }
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return new OnnxRuntimeLibrary(file);
  }

  String version() {
    return version;
  }

  Path file() {
    return file;
  }

  MemorySegment environment() {
    return environment;
  }

  MemorySegment cpuMemory() {
    return cpuMemory;
  }

  /// Calls a function of the table.
  void call(Function function, Object... arguments) {
    check((MemorySegment) NativeCall.invoke(handle(function), arguments));
  }

  /// Calls a function whose last argument is where it puts what it made.
  MemorySegment create(Function function, Object... arguments) {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment made = own.allocate(ValueLayout.ADDRESS);
      Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
      all[arguments.length] = made;
      call(function, all);
      return made.get(ValueLayout.ADDRESS, 0);
    }
  }

  MethodHandle handle(Function function) {
    return handle(table.getAtIndex(ValueLayout.ADDRESS, function.place), function.descriptor);
  }

  void check(MemorySegment status) {
    if (status.address() != 0) {
      MethodHandle message =
          handle(
              table.getAtIndex(ValueLayout.ADDRESS, GET_ERROR_MESSAGE),
              FunctionDescriptor.of(TEXT, ValueLayout.ADDRESS));
      throw new IllegalStateException(
          "ONNX Runtime: " + ((MemorySegment) NativeCall.invoke(message, status)).getString(0));
    }
  }

  void releaseSession(MemorySegment session) {
    release(RELEASE_SESSION, session);
  }

  void releaseValue(MemorySegment value) {
    release(RELEASE_VALUE, value);
  }

  private void release(int place, MemorySegment object) {
    MemorySegment function = table.getAtIndex(ValueLayout.ADDRESS, place);
    NativeCall.invoke(handle(function, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS)), object);
  }

  private static AddressLayout pointers(long count) {
    return ValueLayout.ADDRESS.withTargetLayout(
        MemoryLayout.sequenceLayout(count, ValueLayout.ADDRESS));
  }

  private static MethodHandle handle(MemorySegment function, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(function, descriptor);
  }
}
