package io.edgewright.compiler.bundle;

import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.Target.EmulatedBoard;
import io.edgewright.compiler.target.Target.Microcontroller;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A microcontroller's `libmodel.a` on a board of qemu: linked with a program that has one frame
/// and writes down the results.
///
/// @param emulator `qemu-system-arm`
public record EmulatedModel(Path emulator, Target target) {
  /// The emulator for every target that has a board.
  static final String EMULATOR = "qemu-system-arm";

  /// The program around the model with its tables, and the stack.
  private static final long PROGRAM_BYTES = 64 << 10;

  static final String IMAGE = "image.elf";
  private static final String RESULTS = "results.bin";

  /// The emulator found no board, or does not know an option.
  private static final String NOT_RUN = "status 1";

  /// Whether the board has memory for a model.
  ///
  /// @param frames bytes of inputs and outputs
  boolean hasRoomFor(Footprint model, long frames) {
    EmulatedBoard board = board();
    return model.flashBytes() + frames + PROGRAM_BYTES <= board.code().bytes()
        && model.ramBytes() + frames + PROGRAM_BYTES <= board.data().bytes();
  }

  /// One inference.
  ///
  /// @param golden whether with the self-test's threshold, where the model has any
  public Results run(byte[] archive, byte[] frame, boolean golden) throws IOException {
    Path folder = Files.createTempDirectory("edgewright-board-");
    try {
      Files.write(folder.resolve(IMAGE), image(archive, frame, golden));
      ProgramRun run = ProgramRun.of(command(), folder, ProgramRun.NOTHING);
      if (run.endedWell()) {
        return new Results.Written(Files.readAllBytes(folder.resolve(RESULTS)));
      }
      return run.end().equals(NOT_RUN)
          ? new Results.NotRun(run.story())
          : new Results.Failed(run.story());
    } catch (ProgramRun.NotStarted reason) {
      return new Results.NotRun(String.valueOf(reason.getMessage()));
    } finally {
      GoldenCheck.delete(folder);
    }
  }

  /// What came of a run.
  public sealed interface Results {
    /// @param bytes every output in order, as frames have them
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Written(byte[] bytes) implements Results {}

    /// The program ended badly.
    record Failed(String story) implements Results {}

    /// The emulator itself was at fault.
    record NotRun(String story) implements Results {}
  }

  /// The model is a stranger's: the emulator may write its results, but start nothing.
  List<String> command() {
    return List.of(
        emulator.toString(),
        "-M",
        board().machine(),
        "-nographic",
        "-monitor",
        "none",
        "-serial",
        "none",
        "-sandbox",
        "on,spawn=deny",
        "-semihosting-config",
        "enable=on,target=native",
        "-kernel",
        IMAGE);
  }

  private byte[] image(byte[] archive, byte[] frame, boolean golden) {
    try (Workspace workspace = Toolchain.standard().workspace(target)) {
      workspace.write("model.h", BundleResources.read(BundleResources.HEADER));
      workspace.write(StaticLibrary.ARCHIVE, archive);
      workspace.write("frame.bin", frame);
      BundleResources.BOARD.forEach(name -> workspace.write(name, BundleResources.read(name)));
      workspace.compile("firmware/start.c", "start.o", List.of("-I."));
      workspace.compile(
          "firmware/main.c", "main.o", List.of("-I.", "-DGOLDEN=" + (golden ? 1 : 0)));
      List<String> arguments = new ArrayList<>(List.of("start.o", "main.o", StaticLibrary.ARCHIVE));
      arguments.addAll(addresses(target));
      arguments.addAll(List.of("-T", "firmware/board.ld"));
      workspace.link(IMAGE, arguments);
      return workspace.read(IMAGE);
    }
  }

  /// Where the board has memory, for a linker script.
  static List<String> addresses(Target target) {
    EmulatedBoard board = board(target);
    return List.of(
        "--defsym=code_start=" + board.code().start(),
        "--defsym=data_start=" + board.data().start(),
        "--defsym=data_bytes=" + board.data().bytes());
  }

  private EmulatedBoard board() {
    return board(target);
  }

  private static EmulatedBoard board(Target target) {
    return target
        .microcontroller()
        .map(Microcontroller::emulator)
        .orElseThrow(() -> new IllegalArgumentException("no board for `" + target.id() + "`"));
  }
}
