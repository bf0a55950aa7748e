package io.edgewright.compiler.toolchain;

import io.edgewright.compiler.diagnostics.CompileException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The jar on the class path that holds the toolchain for this machine.
///
/// @param file the jar
/// @param folder where in it the programs lie, ending in a slash
/// @param members what is needed of it, relative to `folder`
record ToolchainArchive(Path file, String folder, List<String> members) {
  /// All that compiling freestanding C and linking it takes: 275 MB of the 490 MB in the jar. The
  /// headers are those which ISO C asks of a freestanding implementation.
  static final List<String> NEEDED =
      List.of(
          "clang",
          "lld",
          "libLLVM.so",
          "libclang-cpp.so",
          "lib/clang/20/include/__stddef_header_macro.h",
          "lib/clang/20/include/__stddef_max_align_t.h",
          "lib/clang/20/include/__stddef_null.h",
          "lib/clang/20/include/__stddef_nullptr_t.h",
          "lib/clang/20/include/__stddef_offsetof.h",
          "lib/clang/20/include/__stddef_ptrdiff_t.h",
          "lib/clang/20/include/__stddef_rsize_t.h",
          "lib/clang/20/include/__stddef_size_t.h",
          "lib/clang/20/include/__stddef_unreachable.h",
          "lib/clang/20/include/__stddef_wchar_t.h",
          "lib/clang/20/include/__stddef_wint_t.h",
          "lib/clang/20/include/float.h",
          "lib/clang/20/include/limits.h",
          "lib/clang/20/include/stddef.h",
          "lib/clang/20/include/stdint.h");

  ToolchainArchive {
    members = List.copyOf(members);
  }

  /// @throws CompileException when the class path has no toolchain for this machine
  static ToolchainArchive find() {
    String platform = platform();
    String folder = "org/bytedeco/llvm/" + platform + "/";
    URL clang = ToolchainArchive.class.getClassLoader().getResource(folder + "clang");
    if (clang == null) {
      throw ToolchainProblem.unusable(
          "the class path has no `" + folder + "clang`",
          "org.bytedeco:llvm with classifier `" + platform + "` on the class path",
          "run a complete installation, on Linux with an x86-64 processor");
    }
    try {
      if (!(clang.openConnection() instanceof JarURLConnection connection)) {
        throw ToolchainProblem.unusable(
            "`" + clang + "` is not in a jar",
            "the toolchain inside its jar",
            "put the jar of org.bytedeco:llvm on the class path as it was published");
      }
      return new ToolchainArchive(
          Path.of(new URI(connection.getJarFileURL().toString())), folder, NEEDED);
    } catch (IOException | URISyntaxException unreadable) {
      throw ToolchainProblem.unreadable("the jar of the toolchain", unreadable);
    }
  }

  /// This machine, in the names of the jar's classifiers.
  private static String platform() {
    String architecture = System.getProperty("os.arch", "");
    return System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT)
        + "-"
        + switch (architecture) {
          case "amd64" -> "x86_64";
          case "aarch64" -> "arm64";
          default -> architecture;
        };
  }

  /// Tells this archive from others by the names, sizes and checksums of what is needed of it;
  /// reads its directory only. (That the jar is the right one is the class path's business.)
  String fingerprint() throws IOException {
    MessageDigest digest = Sha256.start();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (String member : members) {
        ZipEntry entry = entry(zip, member);
        digest.update(member.getBytes(StandardCharsets.UTF_8));
        digest.update(
            ByteBuffer.allocate(17).putLong(entry.getSize()).putLong(entry.getCrc()).array());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  ZipEntry entry(ZipFile zip, String member) throws IOException {
    ZipEntry entry = zip.getEntry(folder + member);
    if (entry == null) {
      throw new IOException(file + " has no " + folder + member);
    }
    return entry;
  }
}
