package io.edgewright.compiler.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.codegen.CodeGenerator;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.graph.Expression;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphBuilder;
import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.schedule.Scheduler;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Large tables of which a frame needs some rows, as of embeddings.
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class TablesTest {
  private static final int ROW = 64;
  private static final int INDICES = 1000;
  private static final int ADDED_BYTES = INDICES * ROW * Float.BYTES;
  private static final int FIRST_ROWS = 20_001;
  private static final int SECOND_ROWS = 30_003;
  private static final int TABLES_BYTES = (FIRST_ROWS + SECOND_ROWS) * ROW * Float.BYTES;

  @TempDir private Path folder;

  /// `y = first[i] + added + second[i]`, in this order in the file; each number of a table is its
  /// row's, those of the second are by a half more.
  private static Graph graph() {
    GraphBuilder builder = new GraphBuilder();
    Value indices = builder.input("i", new TensorType(ElementType.INT64, Shape.of(INDICES)));
    Value first = builder.constant("first", table(FIRST_ROWS, 0));
    Value added = builder.constant("added", table(INDICES, 0.25));
    Value second = builder.constant("second", table(SECOND_ROWS, 0.5));
    Value left = builder.add("left", new Op.Gather(0), first, indices);
    Value right = builder.add("right", new Op.Gather(0), second, indices);
    Op sum = new Op.Map(plus(plus(input(0), input(1)), input(2)));
    builder.output("y", builder.add("sum", sum, left, right, added));
    return builder.build();
  }

  private static Expression input(int index) {
    return new Expression.Input(index);
  }

  private static Expression plus(Expression a, Expression b) {
    return Expression.apply(ScalarFunction.ADD, a, b);
  }

  private static Tensor table(int rows, double more) {
    return Tensor.ofDoubles(
        ElementType.FLOAT32,
        Shape.of(rows, ROW),
        IntStream.range(0, rows * ROW).map(i -> i / ROW).mapToDouble(row -> row + more).toArray());
  }

  private static NativeProgram compiled() {
    Target target = TestBundle.target("host");
    Program program = Scheduler.schedule(graph(), Machine.of(target));
    List<Port> inputs = List.of(Port.Raw.of("i", ElementType.INT64, Shape.of(INDICES)));
    List<Port> outputs = List.of(Port.Raw.of("y", ElementType.FLOAT32, Shape.of(INDICES, ROW)));
    return CodeGenerator.generate("tables", target.id(), program, inputs, outputs, List.of(), 0);
  }

  private static int index(int i) {
    return List.of(0, FIRST_ROWS - 1, 10_000).get(i % 3);
  }

  private static byte[] frame() {
    ByteBuffer frame = ByteBuffer.allocate(INDICES * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(0, INDICES).forEach(i -> frame.putLong(index(i)));
    return frame.array();
  }

  @Test
  void comeRowByRow() throws Exception {
    TestBundle bundle = TestBundle.unpack(compiled(), folder);
    assertThat(Files.size(folder.resolve("weights.bin"))).isGreaterThan(TABLES_BYTES);
    Process model = new ProcessBuilder(folder.resolve("model").toString()).start();
    try (OutputStream in = model.getOutputStream()) {
      in.write(frame());
      in.flush();
      byte[] result = model.getInputStream().readNBytes(ADDED_BYTES);
      ByteBuffer numbers = ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < INDICES * ROW; i++) {
        int row = i / ROW;
        assertThat(numbers.getFloat()).isEqualTo(2 * index(row) + row + 0.75f);
      }
      assertThat(residentBytes(model)).isBetween((long) ADDED_BYTES, TABLES_BYTES / 4L);
    } finally {
      model.destroy();
    }
    assertThat(bundle.run(frame()).status()).isZero();
  }

  /// How much of weights.bin is in memory for a process.
  private static long residentBytes(Process process) throws Exception {
    long kilobytes = 0;
    boolean isOfWeights = false;
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps"))) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        isOfWeights = line.endsWith("/weights.bin");
      } else if (isOfWeights && line.startsWith("Rss:")) {
        kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return kilobytes * 1024;
  }
}
