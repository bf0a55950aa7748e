package io.edgewright.compiler.codegen;

import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A function of the prelude, compiled to be applied to arrays: in the test's own process, or under
/// an emulator where the target is another machine.
record PreludeProgram(String target, Prelude.Use use, VectorType result, int arguments) {
  /// Where the emulator of AArch64 is, when it is installed.
  static final Path EMULATOR = Path.of("/usr/bin/qemu-aarch64");

  private static final String LOOP =
      """
      #define IN(k) *(const ARGUMENT *)(in + (k * count + i) * ARGUMENT_BYTES)
      __attribute__((visibility("default")))
      void apply(const unsigned char *in, unsigned char *out, int64_t count) {
        for (int64_t i = 0; i < count; i += LANES) {
          *(RESULT *)(out + i * RESULT_BYTES) = FUNCTION(CALL);
        }
      }
      """;

  /// Reads elements from standard input, writes results to standard output; no library.
  private static final String MAIN =
      """
      static unsigned char in[1 << 25], out[1 << 25];
      static int64_t call(int64_t number, int64_t a, const void *b, int64_t c) {
        register int64_t x8 __asm__("x8") = number, x0 __asm__("x0") = a, x2 __asm__("x2") = c;
        register const void *x1 __asm__("x1") = b;
        __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
        return x0;
      }
      void _start(void) {
        int64_t size = 0, got;
        while ((got = call(63, 0, in + size, sizeof in - size)) > 0) size += got;
        int64_t count = size / (ARGUMENTS * ARGUMENT_BYTES);
        apply(in, out, count);
        for (int64_t at = 0; at < count * RESULT_BYTES;) at += call(64, 1, out + at, count * RESULT_BYTES - at);
        call(93, 0, 0, 0);
      }
      """;

  String source() {
    VectorType memory = new VectorType(use.type().element(), use.type().lanes());
    List<String> call = new ArrayList<>();
    for (int argument = 0; argument < arguments; argument++) {
      call.add("IN(" + argument + ")");
    }
    boolean conversion = use.function().startsWith("convert_");
    CType argument =
        conversion ? CType.parse(use.function().substring("convert_".length())) : CType.of(memory);
    return Prelude.text(Set.of(use, new Prelude.Use(Prelude.TYPE, result)))
        + (LOOP + (emulated() ? MAIN : ""))
            .replace("ARGUMENT_BYTES", Integer.toString(argument.bits() / 8))
            .replace("ARGUMENTS", Integer.toString(arguments))
            .replace("ARGUMENT", argument.inMemory())
            .replace("RESULT_BYTES", Integer.toString(CType.of(result).bits() / 8))
            .replace("RESULT", CType.of(result).inMemory())
            .replace("LANES", Integer.toString(use.type().lanes()))
            .replace("FUNCTION", "ew_" + use.function() + "_" + CTypes.suffix(use.type()))
            .replace("CALL", String.join(", ", call));
  }

  private boolean emulated() {
    return device().architecture().equals("aarch64");
  }

  private Target device() {
    return TargetCatalog.standard().get(target, Location.option("--target"));
  }

  /// Results for `count` times the arguments; the elements of each argument lie together.
  ByteBuffer apply(byte[] elements, int count) {
    try (Workspace workspace = Toolchain.standard().workspace(device())) {
      workspace.write("prelude.c", source().getBytes(StandardCharsets.UTF_8));
      workspace.compile("prelude.c", "prelude.o", List.of("-fPIC"));
      Path file = Files.createTempFile("edgewright-prelude", ".bin");
      try {
        workspace.link(
            "prelude",
            emulated() ? List.of("-static", "prelude.o") : List.of("-shared", "prelude.o"));
        Files.write(file, workspace.read("prelude"));
        byte[] results = emulated() ? emulate(file, elements) : call(file, elements, count);
        return ByteBuffer.wrap(results).order(ByteOrder.LITTLE_ENDIAN);
      } finally {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @SuppressWarnings("restricted")
  private byte[] call(Path library, byte[] elements, int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment function =
          SymbolLookup.libraryLookup(library, arena).find("apply").orElseThrow();
      MemorySegment in = arena.allocate(elements.length, 64);
      in.copyFrom(MemorySegment.ofArray(elements));
      MemorySegment out = arena.allocate((long) count * CType.of(result).bits() / 8, 64);
      Linker.nativeLinker()
          .downcallHandle(
              function,
              FunctionDescriptor.ofVoid(
                  ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG))
          .invokeExact(in, out, (long) count);
      return out.toArray(ValueLayout.JAVA_BYTE);
    } catch (Throwable failed) {
      throw new AssertionError(failed);
    }
  }

  private static byte[] emulate(Path program, byte[] elements) throws IOException {
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Path input = Files.createTempFile("edgewright-prelude", ".in");
    Files.write(input, elements);
    Process process =
        new ProcessBuilder(EMULATOR.toString(), program.toString())
            .redirectInput(input.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      return process.getInputStream().readAllBytes();
    } finally {
      process.destroy();
      Files.delete(input);
    }
  }
}
