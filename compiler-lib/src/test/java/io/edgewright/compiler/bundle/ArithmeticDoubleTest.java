package io.edgewright.compiler.bundle;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The double precision that comes with a Cortex-M4F's library, judged by this processor's own, bit
/// for bit.
@SuppressWarnings("restricted") // native code is what is tested
class ArithmeticDoubleTest {
  private static final double[] CORNERS = {
    0,
    1,
    0.5,
    1.5,
    2.5,
    3,
    0x1p-1022,
    0x1p-1074,
    0x1.fffffffffffffp-1023,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NaN,
    0x1p31,
    0x1p32,
    2147483647.5,
    4294967295.5,
    0x1p53,
    0x1.fffffep127,
    0x1.ffffffp127,
    0x1p-126,
    0x1p-149,
    0x1p-150,
    0x1.8p-149,
    0x1.000001p0,
  };

  private static final Arena MEMORY = Arena.ofShared();
  private static MethodHandle wrong;

  @BeforeAll
  static void load(@TempDir Path folder) throws Exception {
    try (Workspace workspace = Toolchain.standard().workspace(TestBundle.target("host"))) {
      workspace.write("test.c", BundleResources.read("arithmetic_double.c"));
      workspace.write("arithmetic_double.h", BundleResources.read("runner/arithmetic_double.h"));
      workspace.compile("test.c", "test.o", List.of("-fPIC", "-w"));
      workspace.link("test.so", List.of("-shared", "test.o"));
      Files.write(folder.resolve("test.so"), workspace.read("test.so"));
    }
    wrong =
        Linker.nativeLinker()
            .downcallHandle(
                SymbolLookup.libraryLookup(folder.resolve("test.so"), MEMORY)
                    .find("wrong")
                    .orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_DOUBLE, JAVA_DOUBLE));
  }

  @AfterAll
  static void unload() {
    MEMORY.close();
  }

  @Test
  void isRightAtTheCorners() throws Throwable {
    double[] numbers = DoubleStream.of(CORNERS).flatMap(x -> DoubleStream.of(x, -x)).toArray();
    for (double x : numbers) {
      for (double y : numbers) {
        check(x, y);
      }
    }
  }

  @Test
  void isRightWhereverExponentsAreFarOrNear() throws Throwable {
    Random random = new Random(11);
    for (int i = 0; i < 300_000; i++) {
      int spread = List.of(2, 60, 140, 1022).get(i % 4);
      check(number(random, spread), number(random, spread));
      check(number(random, spread), CORNERS[i % CORNERS.length]);
    }
  }

  @Test
  void isRightForNumbersBelowTheSmallestNormalOne() throws Throwable {
    Random random = new Random(12);
    for (int i = 0; i < 100_000; i++) {
      double tiny = Double.longBitsToDouble(random.nextLong() & 0x801fffffffffffffL);
      check(tiny, number(random, 2));
      check(tiny, number(random, 60));
    }
  }

  /// Half of them with few digits, so that results lie between two numbers.
  private static double number(Random random, int spread) {
    long exponent = 1023L + random.nextInt(2 * spread) - spread;
    long fraction = random.nextLong() & 0x800fffffffffffffL;
    long digits = random.nextBoolean() ? fraction : fraction & 0xfffffffff0000000L;
    return Double.longBitsToDouble(digits | exponent << 52);
  }

  private static void check(double x, double y) throws Throwable {
    int functions = (int) wrong.invokeExact(x, y);
    if (functions != 0) {
      assertThat(Integer.toBinaryString(functions))
          .as("functions that differ at %s, %s", Double.toHexString(x), Double.toHexString(y))
          .isEqualTo("0");
    }
  }
}
