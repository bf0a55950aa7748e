/// One importer per ONNX operator or family of operators, each a function from an [OnnxNode] to the
/// values of its outputs.
///
/// An importer reads attributes and inputs through the node, which knows where problems are; it
/// adds what it needs to the graph through the node, which computes at once whatever depends on
/// constants only. To add an operator: write the function, and a line in
/// [io.edgewright.compiler.onnx.OperatorTable].
@NullMarked
package io.edgewright.compiler.onnx.operators;

import org.jspecify.annotations.NullMarked;
