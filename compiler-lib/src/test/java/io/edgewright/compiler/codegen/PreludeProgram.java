package io.edgewright.compiler.codegen;

import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.toolchain.Toolchain;
import io.edgewright.compiler.toolchain.Workspace;
import io.edgewright.testing.InstalledTool;
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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Functions of the prelude, compiled to be applied to arrays: in the test's own process, or under
/// an emulator where the target is another machine.
final class PreludeProgram {
  /// A function with its types; a vector of bools is as many int32 in memory, -1 or 0.
  record Entry(String function, List<VectorType> arguments, VectorType result) {
    Prelude.Use use() {
      return function.equals("convert")
          ? new Prelude.Use("convert_" + CTypes.suffix(arguments.getFirst()), result)
          : new Prelude.Use(function, arguments.getLast());
    }

    String symbol() {
      return "ew_" + use().function() + "_" + CTypes.suffix(use().type());
    }
  }

  /// Reads the entry, the count, the bytes of results and the elements from standard input; writes
  /// the results to standard output. AArch64 without any library.
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
        const int64_t *head = (const int64_t *)in;
        apply(head[0], in + 24, out, head[1]);
        for (int64_t at = 0; at < head[2];) at += call(64, 1, out + at, head[2] - at);
        call(93, 0, 0, 0);
      }
      """;

  private final Target target;
  private final List<Entry> entries;
  private final byte[] program;

  /// @param flags for the C compiler, beside the target's
  PreludeProgram(String target, List<String> flags, List<Entry> entries) {
    this.target = TargetCatalog.standard().get(target, Location.option("--target"));
    this.entries = List.copyOf(entries);
    try (Workspace workspace = Toolchain.standard().workspace(this.target)) {
      workspace.write("prelude.c", source().getBytes(StandardCharsets.UTF_8));
      List<String> all = Stream.concat(flags.stream(), List.of("-fPIC").stream()).toList();
      workspace.compile("prelude.c", "prelude.o", all);
      workspace.link("prelude", List.of(isForeign() ? "-static" : "-shared", "prelude.o"));
      this.program = workspace.read("prelude");
    }
  }

  private boolean isForeign() {
    return target.architecture().equals("aarch64");
  }

  private String source() {
    StringBuilder text =
        new StringBuilder(
            Prelude.text(
                entries.stream()
                    .flatMap(entry ->
                        Stream.concat(
                            Stream.of(entry.use(), mention(entry.result())),
                            entry.arguments().stream().map(PreludeProgram::mention)))
                    .collect(Collectors.toSet())));
    for (int i = 0; i < entries.size(); i++) {
      text.append(loop(i));
    }
    String all =
        IntStream.range(0, entries.size())
            .mapToObj(i -> "apply" + i)
            .collect(Collectors.joining(", "));
    text.append(
        """
        static void (*const ew_all[])(const unsigned char *, unsigned char *, int64_t) = {%s};
        __attribute__((visibility("default")))
        void apply(int64_t entry, const unsigned char *in, unsigned char *out, int64_t count) {
          ew_all[entry](in, out, count);
        }
        """
            .formatted(all));
    return text.append(isForeign() ? MAIN : "").toString();
  }

  private static Prelude.Use mention(VectorType type) {
    return new Prelude.Use(Prelude.TYPE, type);
  }

  private String loop(int number) {
    Entry entry = entries.get(number);
    StringBuilder call = new StringBuilder();
    int before = 0;
    for (VectorType type : entry.arguments()) {
      CType argument = CType.of(type);
      call.append(before == 0 ? "" : ", ")
          .append(
              "*(const %s *)(in + %d * count + i * %d)"
                  .formatted(argument.inMemory(), before, argument.bits() / 8));
      before += argument.bits() / 8;
    }
    CType result = CType.of(entry.result());
    return """
    static void apply%d(const unsigned char *in, unsigned char *out, int64_t count) {
      for (int64_t i = 0; i < count; i += %d) {
        *(%s *)(out + i * %d) = %s(%s);
      }
    }
    """
        .formatted(
            number, result.lanes(), result.inMemory(), result.bits() / 8, entry.symbol(), call);
  }

  /// Results for `count` times the arguments; the elements of each argument lie together.
  ByteBuffer apply(int entry, byte[] elements, int count) {
    int bytes = count * CType.of(entries.get(entry).result()).bits() / 8;
    try {
      Path file = Files.createTempFile("edgewright-prelude", ".bin");
      try {
        Files.write(file, program);
        byte[] results =
            isForeign()
                ? emulate(file, entry, count, bytes, elements)
                : call(file, entry, count, bytes, elements);
        return ByteBuffer.wrap(results).order(ByteOrder.LITTLE_ENDIAN);
      } finally {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @SuppressWarnings("restricted")
  private static byte[] call(Path library, int entry, int count, int bytes, byte[] elements) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment function =
          SymbolLookup.libraryLookup(library, arena).find("apply").orElseThrow();
      MemorySegment in = arena.allocate(elements.length, 64);
      in.copyFrom(MemorySegment.ofArray(elements));
      MemorySegment out = arena.allocate(bytes, 64);
      Linker.nativeLinker()
          .downcallHandle(
              function,
              FunctionDescriptor.ofVoid(
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_LONG))
          .invokeExact((long) entry, in, out, (long) count);
      return out.toArray(ValueLayout.JAVA_BYTE);
    } catch (Throwable failed) {
      throw new AssertionError(failed);
    }
  }

  private static byte[] emulate(Path program, int entry, int count, int bytes, byte[] elements)
      throws IOException {
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Path input = Files.createTempFile("edgewright-prelude", ".in");
    ByteBuffer all = ByteBuffer.allocate(24 + elements.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(input, all.putLong(entry).putLong(count).putLong(bytes).put(elements).array());
    Process process =
        new ProcessBuilder(InstalledTool.qemuUser("aarch64").toString(), program.toString())
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
