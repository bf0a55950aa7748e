/// The compiler's view of a network, between the ONNX file and the loops.
///
/// A [Graph] has inputs, outputs, constants and nodes in execution order. A [Node] applies one [Op]
/// to [Value]s; a value is made once and never changed. There are few kinds of operators; ONNX
/// operators that are compositions are composed when they are imported. Elementwise arithmetic of
/// any size is one [Op.Map] with an [Expression]; convolutions and matrix products carry such an
/// expression as their epilogue.
///
/// ```
/// graph      = inputs, outputs, constants, nodes
/// node       = name, op, values in, values out
/// op         = Convolution window groups epilogue | MatrixMultiply epilogue | Map expression
///            | Pool kind window | Reduce kind axes | ArgumentReduce | Softmax axis | TopK
///            | Transpose order | Reshape shape | Slice | Concat axis | Pad | Expand shape
///            | Resize | Gather axis | ImageToTensor | SelectDetections
///            | If graph graph | Loop graph
/// expression = Input | Real | Whole | Apply function expressions | Convert type expression
/// ```
///
/// Shapes are in the order that ONNX names them; memory layout is decided later, by the schedule.
@NullMarked
package io.edgewright.compiler.graph;

import org.jspecify.annotations.NullMarked;
