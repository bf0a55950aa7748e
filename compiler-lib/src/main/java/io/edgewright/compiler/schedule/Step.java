package io.edgewright.compiler.schedule;

import io.edgewright.compiler.schedule.loops.LoopFunction;
import io.edgewright.compiler.schedule.loops.Pointer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a program does next. Steps stand in order of execution; those of a branch or of a loop
/// stand inside of it.
public sealed interface Step {
  /// Computes one kernel, all its tasks.
  record Call(LoopFunction function) implements Step {}

  /// `if (*condition) then else otherwise`
  ///
  /// @param condition a bool in memory
  record Branch(Pointer condition, List<Step> then, List<Step> otherwise) implements Step {
    public Branch {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /// `for (*counter = 0; *counter < most && *counter < *trips && *condition; ++*counter) body`.
  /// Afterwards the counter holds how often the body ran.
  ///
  /// @param counter an int64 in memory
  /// @param most known when compiling; `Long.MAX_VALUE` where nothing is
  /// @param trips an int64 in memory, where the number is known only at run time
  /// @param condition a bool in memory, where the body decides whether it runs again
  record Repeat(
      Pointer counter,
      long most,
      Optional<Pointer> trips,
      Optional<Pointer> condition,
      List<Step> body)
      implements Step {
    public Repeat {
      body = List.copyOf(body);
    }

    /// Every place in memory that the loop's head reads or writes.
    List<Pointer> head() {
      return Stream.concat(Stream.of(counter), Stream.concat(trips.stream(), condition.stream()))
          .toList();
    }
  }

  /// The kernels of the step and of the steps inside of it, in their order in the text.
  default Stream<LoopFunction> functions() {
    return switch (this) {
      case Call(LoopFunction function) -> Stream.of(function);
      case Branch(var _, List<Step> then, List<Step> otherwise) ->
          Stream.concat(then.stream(), otherwise.stream()).flatMap(Step::functions);
      case Repeat repeat -> repeat.body().stream().flatMap(Step::functions);
    };
  }
}
