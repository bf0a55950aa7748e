package io.edgewright.compiler.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs of more tasks than there are threads, one after the other, while threads are still coming.
class PoolTest {
  private static final int TASKS = 101;
  private static final int FRAMES = 500;

  @TempDir static Path folder;
  private static TestBundle line = new TestBundle(Path.of("none"), List.of());

  @BeforeAll
  static void build() {
    line = TestBundle.unpack(TinyPrograms.line(TASKS), folder.resolve("line"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 64})
  void everyTaskOfEveryRunIsRunBeforeItEnds(int threads) {
    float[] numbers = new float[TASKS * FRAMES];
    float[] doubled = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
      doubled[i] = 2f * i + 1;
    }
    TestBundle.Answer answer =
        line.run(TestBundle.floats(numbers), "--threads", Integer.toString(threads));
    assertThat(answer.floats()).containsExactly(doubled);
  }
}
