package io.edgewright.compiler.bundle;

import io.edgewright.compiler.bundle.GoldenCheck.Verdict;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// The golden frame of a microcontroller's library on an emulated board.
///
/// @param board empty where no emulator is installed
record BoardCheck(Optional<EmulatedModel> board, StaticLibrary library, NativeProgram program) {
  Verdict verdict(Golden golden) {
    if (board.isEmpty()) {
      return new Verdict.NotVerified("this machine has no " + EmulatedModel.EMULATOR);
    }
    if (!hasRoom(golden)) {
      return new Verdict.NotVerified("the emulated board has less memory than it takes");
    }
    EmulatedModel.Results results = results(board.get(), golden, true);
    return switch (results) {
      case EmulatedModel.Results.Written(byte[] bytes) ->
          new GoldenComparison(program.outputs(), golden).compare(bytes);
      case EmulatedModel.Results.Failed(String story) -> new Verdict.Failed(story);
      case EmulatedModel.Results.NotRun(String story) ->
          new Verdict.NotVerified("the emulator does not run it: " + story);
    };
  }

  /// The results; empty where nothing here can run it.
  Optional<List<Tensor>> answer(Golden golden) {
    if (board.isEmpty() || !hasRoom(golden)) {
      return Optional.empty();
    }
    return switch (results(board.get(), golden, false)) {
      case EmulatedModel.Results.Written(byte[] bytes) ->
          Optional.of(FrameBytes.read(program.outputs(), bytes));
      case EmulatedModel.Results.Failed(String story) ->
          throw new Verdict.Failed(story).refusal(board.get().target());
      case EmulatedModel.Results.NotRun _ -> Optional.empty();
    };
  }

  private boolean hasRoom(Golden golden) {
    long frames =
        golden.input().length + program.outputs().stream().mapToLong(port -> port.bytes()).sum();
    return board.stream().allMatch(emulated -> emulated.hasRoomFor(library.takes(), frames));
  }

  private EmulatedModel.Results results(EmulatedModel emulated, Golden golden, boolean selfTest) {
    try {
      return emulated.run(library.archive(), golden.input(), selfTest);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
