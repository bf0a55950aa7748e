/// A trained network becomes a program for a device. The only packages that other modules may use
/// are this one, `target`, `manifest` and `diagnostics`.
///
/// [Compiler#compile] is the whole pipeline, top to bottom:
///
/// ```
/// onnx        bytes -> graph                     one importer an operator
/// endtoend    graph + manifest -> graph          picture in front, decoding behind
/// passes      graph -> graph                     fusion, folding
/// schedule    graph + machine -> loops, memory   views, kernels, arena
/// codegen     loops -> C
/// bundle      C -> zip                           clang, lld, runner, golden vectors
/// ```
@NullMarked
package io.edgewright.compiler;

import org.jspecify.annotations.NullMarked;
