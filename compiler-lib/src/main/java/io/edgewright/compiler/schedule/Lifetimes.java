package io.edgewright.compiler.schedule;

import io.edgewright.compiler.schedule.MemoryPlan.Lifetime;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// When each buffer of the arena is in use. Time is counted in kernels, in their order in the text.
///
/// A branch needs no care: where the kernels of one side do not run, nobody reads what they write.
/// A loop does: what is touched inside of it and outside of it too is in use until its last round
/// ends.
final class Lifetimes {
  /// @param first index of its first kernel
  /// @param last index of its last one
  private record Loop(int first, int last) {}

  private final Map<Buffer, Lifetime> lifetimes = new LinkedHashMap<>();
  private final List<Loop> innermostFirst = new ArrayList<>();
  private int now;

  private Lifetimes() {}

  static Map<Buffer, Lifetime> of(List<Step> steps) {
    Lifetimes lifetimes = new Lifetimes();
    steps.forEach(lifetimes::walk);
    lifetimes.innermostFirst.forEach(lifetimes::prolong);
    return lifetimes.lifetimes;
  }

  private void walk(Step step) {
    switch (step) {
      case Step.Call(var function) -> {
        function.pointers().forEach(pointer -> touch(pointer, now));
        now++;
      }
      case Step.Branch(Pointer condition, List<Step> then, List<Step> otherwise) -> {
        touch(condition, now);
        then.forEach(this::walk);
        otherwise.forEach(this::walk);
      }
      case Step.Repeat repeat -> {
        int first = now;
        repeat.head().forEach(pointer -> touch(pointer, first));
        repeat.body().forEach(this::walk);
        int last = Math.max(first, now - 1);
        repeat.head().forEach(pointer -> touch(pointer, last));
        innermostFirst.add(new Loop(first, last));
      }
    }
  }

  private void touch(Pointer pointer, int time) {
    if (pointer.buffer().space() == Buffer.Space.ARENA) {
      lifetimes.merge(
          pointer.buffer(),
          new Lifetime(time, time),
          (known, fresh) ->
              new Lifetime(
                  Math.min(known.first(), fresh.first()), Math.max(known.last(), fresh.last())));
    }
  }

  private void prolong(Loop loop) {
    lifetimes.replaceAll((_, life) -> {
      boolean outside = life.first() < loop.first || life.last() > loop.last;
      boolean inside = life.first() <= loop.last && life.last() >= loop.first;
      return inside && outside
          ? new Lifetime(Math.min(life.first(), loop.first), Math.max(life.last(), loop.last))
          : life;
    });
  }
}
