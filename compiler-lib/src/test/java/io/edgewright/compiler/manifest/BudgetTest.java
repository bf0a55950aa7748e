package io.edgewright.compiler.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Problem;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Budget BUDGET = new Budget(Optional.empty(), Optional.of(1000L));

  @Test
  void holdsWhenArenaAndWeightsFit() {
    assertThat(BUDGET.memoryProblem("host", 400, 600)).isEmpty();
    assertThat(Budget.NONE.memoryProblem("host", 1L << 40, 1L << 40)).isEmpty();
  }

  @Test
  void saysByHowMuchItIsPassed() {
    Problem problem = BUDGET.memoryProblem("raspberry-pi-3", 401, 700).orElseThrow();

    assertThat(problem.code()).isEqualTo(ErrorCode.BUDGET_EXCEEDED);
    assertThat(problem.seen())
        .isEqualTo(
            "`raspberry-pi-3` needs 1101 bytes, 101 more than the budget: arena 401, weights 700");
    assertThat(problem.allowed()).isEqualTo("at most 1000 bytes");
  }

  @Test
  void saysHowMuchTooSlowItIs() {
    Budget budget = new Budget(Optional.of(20.0), Optional.empty());
    assertThat(budget.latencyProblem("host", 20)).isEmpty();
    assertThat(Budget.NONE.latencyProblem("host", 1e9)).isEmpty();

    Problem problem = budget.latencyProblem("raspberry-pi-3", 31.25).orElseThrow();
    assertThat(problem.code()).isEqualTo(ErrorCode.BUDGET_EXCEEDED);
    assertThat(problem.where().text()).isEqualTo("manifest /budget/latencyMillis");
    assertThat(problem.seen())
        .isEqualTo("`raspberry-pi-3` is predicted to take 31.3 ms, 11.3 ms more than the budget");
  }
}
