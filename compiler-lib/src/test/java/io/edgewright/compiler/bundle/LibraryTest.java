package io.edgewright.compiler.bundle;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `libmodel.so` through its C interface, called from Java.
@SuppressWarnings("restricted") // native code is what is tested
class LibraryTest {
  private static final int COUNT = 301;
  private static final int RUNS = 3000;

  @TempDir Path folder;
  private final Arena memory = Arena.ofShared();
  private SymbolLookup library = SymbolLookup.loaderLookup();
  private MemorySegment weights = MemorySegment.NULL;

  @BeforeEach
  void load() throws Exception {
    TestBundle.unpack(TinyPrograms.line(COUNT), folder);
    library = SymbolLookup.libraryLookup(folder.resolve("libmodel.so"), memory);
    byte[] file = Files.readAllBytes(folder.resolve("weights.bin"));
    weights = memory.allocate(file.length, 64).copyFrom(MemorySegment.ofArray(file));
  }

  @AfterEach
  void unload() {
    memory.close();
  }

  @Test
  void describesItself() throws Throwable {
    MethodHandle describe = function("ew_describe", FunctionDescriptor.of(ADDRESS));
    MemorySegment description = ((MemorySegment) describe.invoke()).reinterpret(64);
    assertThat(description.get(JAVA_INT, 0)).isEqualTo(1);
    assertThat(description.get(ADDRESS, 8).reinterpret(100).getString(0)).isEqualTo("line");
    assertThat(description.get(JAVA_INT, 24)).isEqualTo(1);
    MemorySegment input = description.get(ADDRESS, 32).reinterpret(96);
    assertThat(input.get(ADDRESS, 0).reinterpret(100).getString(0)).isEqualTo("x");
    assertThat(input.get(JAVA_LONG, 24)).isEqualTo(COUNT);
    assertThat(description.get(JAVA_LONG, 56)).isEqualTo(64 + 2 * 4);
  }

  @Test
  void runsOnOneThread() throws Throwable {
    assertThat(run(MemorySegment.NULL, 10)).isTrue();
  }

  @Test
  void runsAtTheSameTimeForSeveralCallers() throws Exception {
    assertThat(inThreads(4, () -> runs(MemorySegment.NULL))).containsOnly(true);
  }

  @Test
  void sharesTasksAmongTheThreadsOfAPool() throws Throwable {
    MethodHandle work = function("ew_pool_work", FunctionDescriptor.ofVoid(ADDRESS));
    MethodHandle stop = function("ew_pool_stop", FunctionDescriptor.ofVoid(ADDRESS));
    MemorySegment pool = makePool();
    try (var workers = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        workers.execute(() -> invoke(work, pool));
      }
      assertThat(runs(pool)).isTrue();
      invoke(stop, pool);
    }
  }

  @Test
  void stopsAPoolThatIsStoppedBeforeItsThreadsCome() throws Throwable {
    MemorySegment pool = makePool();
    invoke(function("ew_pool_stop", FunctionDescriptor.ofVoid(ADDRESS)), pool);
    invoke(function("ew_pool_work", FunctionDescriptor.ofVoid(ADDRESS)), pool);
    assertThat(run(pool, 1)).isTrue();
  }

  @Test
  void refusesOtherWeights() throws Throwable {
    weights = memory.allocate(weights.byteSize(), 64);
    assertThat(call(tensor(), tensor(), MemorySegment.NULL)).isEqualTo(1);
  }

  private boolean runs(MemorySegment parallel) {
    try {
      boolean right = true;
      for (int i = 0; i < RUNS; i++) {
        right &= run(parallel, i);
      }
      return right;
    } catch (Throwable failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// Whether every element of one inference is right.
  private boolean run(MemorySegment parallel, float start) throws Throwable {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment x = call.allocate(JAVA_FLOAT, COUNT);
      MemorySegment y = call.allocate(JAVA_FLOAT, COUNT);
      for (int i = 0; i < COUNT; i++) {
        x.setAtIndex(JAVA_FLOAT, i, start + i);
      }
      MemorySegment in = call.allocate(72, 8);
      MemorySegment out = call.allocate(72, 8);
      in.set(ADDRESS, 0, x);
      out.set(ADDRESS, 0, y);
      boolean right = call(in, out, parallel) == 0 && out.get(JAVA_LONG, 8) == COUNT;
      for (int i = 0; i < COUNT; i++) {
        right &= y.getAtIndex(JAVA_FLOAT, i) == 2 * (start + i) + 1;
      }
      return right;
    }
  }

  private MemorySegment tensor() {
    return memory.allocate(72, 8);
  }

  private int call(MemorySegment in, MemorySegment out, MemorySegment parallel) throws Throwable {
    MethodHandle run =
        function(
            "ew_run", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      return (int) run.invoke(weights, arena.allocate(4096, 64), in, out, parallel);
    }
  }

  private MemorySegment makePool() throws Throwable {
    MethodHandle bytes = function("ew_pool_bytes", FunctionDescriptor.of(JAVA_LONG));
    MethodHandle make = function("ew_pool_make", FunctionDescriptor.of(ADDRESS, ADDRESS));
    return (MemorySegment) make.invoke(memory.allocate((long) bytes.invoke(), 64));
  }

  private static boolean invoke(MethodHandle handle, MemorySegment argument) {
    try {
      handle.invoke(argument);
      return true;
    } catch (Throwable failed) {
      throw new IllegalStateException(failed);
    }
  }

  private MethodHandle function(String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type);
  }

  private static <T> List<T> inThreads(int count, Callable<T> task) throws Exception {
    List<T> results = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(count)) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        futures.add(threads.submit(task));
      }
      for (Future<T> future : futures) {
        results.add(future.get());
      }
    }
    return results;
  }
}
