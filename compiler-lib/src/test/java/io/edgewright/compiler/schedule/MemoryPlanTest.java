package io.edgewright.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.schedule.MemoryPlan.Lifetime;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.LoopFunction;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.tensor.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final Buffer A = buffer(1);
  private static final Buffer B = buffer(2);
  private static final Buffer C = buffer(3);
  private static final Buffer COUNTER = buffer(4);

  @Test
  void letsBuffersShareMemoryWhenOneEndsBeforeTheOtherBegins() {
    MemoryPlan plan = MemoryPlan.of(List.of(call(A), call(A, B), call(B, C)));
    assertThat(plan.offset(A)).isEqualTo(plan.offset(C)).isNotEqualTo(plan.offset(B));
    assertThat(plan.arenaBytes()).isEqualTo(128);
  }

  @Test
  void keepsWhatALoopReadsUntilItsLastRoundEnds() {
    MemoryPlan plan = MemoryPlan.of(List.of(call(A), repeat(call(A), call(B), call(C))));
    assertThat(plan.lifetimes().get(A)).isEqualTo(new Lifetime(0, 3));
    assertThat(plan.offset(A)).isNotIn(plan.offset(B), plan.offset(C));
    assertThat(plan.offset(B)).isEqualTo(plan.offset(C));
  }

  @Test
  void keepsWhatALoopLeavesBehindFromItsFirstRoundOn() {
    MemoryPlan plan = MemoryPlan.of(List.of(repeat(call(B), call(A)), call(A)));
    assertThat(plan.lifetimes().get(A)).isEqualTo(new Lifetime(0, 2));
    assertThat(plan.lifetimes().get(B)).isEqualTo(new Lifetime(0, 0));
  }

  @Test
  void keepsTheCounterForTheWholeLoop() {
    MemoryPlan plan = MemoryPlan.of(List.of(call(A), repeat(call(B), call(C)), call(A)));
    assertThat(plan.lifetimes().get(COUNTER)).isEqualTo(new Lifetime(1, 2));
  }

  @Test
  void prolongsThroughEveryLoopAround() {
    Step inner = repeat(call(B), call(C));
    MemoryPlan plan = MemoryPlan.of(List.of(call(A), repeat(call(C), inner, call(A), call(B))));
    assertThat(plan.lifetimes().get(A)).isEqualTo(new Lifetime(0, 5));
    assertThat(plan.lifetimes().get(C)).isEqualTo(new Lifetime(1, 3));
  }

  @Test
  void letsTheSidesOfABranchShareMemory() {
    Step branch = new Step.Branch(pointer(C), List.of(call(A)), List.of(call(B)));
    MemoryPlan plan = MemoryPlan.of(List.of(call(C), branch));
    assertThat(plan.offset(A)).isEqualTo(plan.offset(B));
    assertThat(plan.lifetimes().get(C)).isEqualTo(new Lifetime(0, 1));
  }

  private static Buffer buffer(int id) {
    return new Buffer(id, Buffer.Space.ARENA, 0, 64);
  }

  private static Pointer pointer(Buffer buffer) {
    return new Pointer("p", buffer, 0, ElementType.INT64, true);
  }

  private static Step call(Buffer... touched) {
    List<Pointer> pointers = Arrays.stream(touched).map(MemoryPlanTest::pointer).toList();
    return new Step.Call(new LoopFunction("f", "f", List.of(), pointers, 1, List.of(), List.of()));
  }

  private static Step repeat(Step... body) {
    return new Step.Repeat(pointer(COUNTER), 3, Optional.empty(), Optional.empty(), List.of(body));
  }
}
