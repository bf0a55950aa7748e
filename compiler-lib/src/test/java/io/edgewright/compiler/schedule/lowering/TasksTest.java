package io.edgewright.compiler.schedule.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.schedule.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TasksTest {
  /// Work in thousands of multiply-adds; a task is 48 of them here, or 12 with a lane for each.
  @ParameterizedTest
  @CsvSource({
    "4, 4, 100, 40, 1", // less than a task
    "4, 4, 100, 150, 3", // a task for some cores
    "4, 4, 100, 336, 4", // as many for each core
    "4, 4, 100, 384, 8",
    "4, 4, 100, 5000, 16", // no more than four for each
    "4, 4, 6, 5000, 4", // as many for each core of what there is
    "4, 4, 3, 5000, 3",
    "4, 4, 0, 5000, 1", // nothing to do, in one task
    "1, 4, 100, 40, 3", // the same work is worth more on a slower core
    "4, 1, 100, 5000, 1", // nobody to share with
  })
  void cutsWhereOtherCoresAreWorthTheirWhile(
      int lanes, int cores, long extent, long thousands, long count) {
    Machine machine = new Machine(lanes, 16, true, cores);
    assertThat(Tasks.of(machine, extent, 1000 * thousands).count()).isEqualTo(count);
  }

  @Test
  void countsElementsOneByOneAsWholeVectors() {
    Machine machine = new Machine(4, 16, true, 4);
    assertThat(Tasks.work(machine, 100, 0, 1)).isEqualTo(4 * Tasks.work(machine, 100, 0, 4));
    assertThat(Tasks.work(machine, 100, 6, 4)).isGreaterThan(Tasks.work(machine, 100, 0, 4));
  }
}
