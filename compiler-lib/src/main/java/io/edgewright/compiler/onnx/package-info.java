/// From the bytes of an ONNX file to a [io.edgewright.compiler.graph.Graph].
///
/// [OnnxReader] turns bytes into an [OnnxModel] and refuses what is no model or passes a limit;
/// [GraphImporter] turns that into a graph: it binds symbolic dimensions, decodes initializers,
/// sorts the nodes and hands each to the importer that [OperatorTable] names. Whatever can be
/// computed from constants is computed on the way, so that shapes are numbers when it ends. A
/// [GraphScope] has the names of one graph, which may stand inside of a node; a [NodeReader] fills
/// it; functions of the model are written out where they are called.
///
/// ```
/// OnnxModel model = OnnxReader.read(bytes);
/// Graph graph = GraphImporter.read(model, Map.of("batch", Dimension.of(1)));
/// ```
///
/// Nothing outside this package sees protobuf. No file is ever opened by a path that stands in a
/// model. All problems of a model are reported at once.
@NullMarked
package io.edgewright.compiler.onnx;

import org.jspecify.annotations.NullMarked;
