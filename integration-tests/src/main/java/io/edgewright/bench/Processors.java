package io.edgewright.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps threads on processors of their own while two sides are compared.
///
/// Some schedulers put a thread that wakes up on the processor of the one that woke it, and part
/// them many milliseconds later: kernels of virtual machines that save processors, and the
/// energy-aware ones of phones. Which side suffers from that depends on how long its helpers spin,
/// which is not what is measured here. Only the bench does this: compiled programs pin nothing.
///
/// Sets of processors are those of `sched_setaffinity(2)`.
@SuppressWarnings("restricted") // calling native code is what it is for
final class Processors {
  private static final int MOST = 1024;

  private final List<Integer> allowed;

  private Processors(List<Integer> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /// Those on which this thread may run; none where the system cannot tell.
  static Processors allowed() {
    Optional<MethodHandle> get = function("sched_getaffinity");
    List<Integer> found = new ArrayList<>();
    try (Arena own = Arena.ofConfined()) {
      MemorySegment set = own.allocate(MOST / 8);
      if (get.isPresent() && (int) NativeCall.invoke(get.get(), 0, set.byteSize(), set) == 0) {
        for (int number = 0; number < MOST; number++) {
          if ((set.get(ValueLayout.JAVA_BYTE, number / 8) >> number % 8 & 1) != 0) {
            found.add(number);
          }
        }
      }
    }
    return new Processors(found);
  }

  /// Keeps the calling thread on the first of them, and with it the threads that it makes from now
  /// on. Does nothing where there is only one, or the system cannot do it.
  void holdFirst() {
    hold(0);
  }

  /// The same with the second.
  void holdSecond() {
    hold(1);
  }

  private void hold(int index) {
    if (allowed.size() > 1) {
      set(List.of(allowed.get(index)));
    }
  }

  /// Lets the calling thread run everywhere again.
  void release() {
    if (allowed.size() > 1) {
      set(allowed);
    }
  }

  private static void set(List<Integer> processors) {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment set = own.allocate(MOST / 8);
      for (int number : processors) {
        int before = set.get(ValueLayout.JAVA_BYTE, number / 8);
        set.set(ValueLayout.JAVA_BYTE, number / 8, (byte) (before | 1 << number % 8));
      }
      MethodHandle call = function("sched_setaffinity").orElseThrow();
      if ((int) NativeCall.invoke(call, 0, set.byteSize(), set) != 0) {
        throw new IllegalStateException("this thread cannot be kept on processors " + processors);
      }
    }
  }

  private static Optional<MethodHandle> function(String name) {
    return Linker.nativeLinker()
        .defaultLookup()
        .find(name)
        .map(address ->
            Linker.nativeLinker()
                .downcallHandle(
                    address,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS)));
  }
}
