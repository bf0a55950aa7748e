/// clang and lld, taken from the class path: nothing is installed on the machine.
///
/// [ToolchainArchive] is the jar that holds them, [ToolchainCache] unpacks what is needed, once, and
/// safely when two processes start together. [Toolchain] is the ready pair; it opens a [Workspace],
/// an empty folder in which sources are compiled and linked by child processes ([ToolProcess]) with
/// a clean environment and a time limit. Names inside a workspace are relative, so the output does
/// not depend on where it lies.
///
///     try (Workspace workspace = Toolchain.standard().workspace(target)) {
///       workspace.write("model.c", source);
///       workspace.compile("model.c", "model.o", List.of("-fPIC"));
///       workspace.link("libmodel.so", List.of("-shared", "model.o"));
///       return workspace.read("libmodel.so");
///     }
@NullMarked
package io.edgewright.compiler.toolchain;

import org.jspecify.annotations.NullMarked;
