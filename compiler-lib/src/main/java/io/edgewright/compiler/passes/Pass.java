package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Graph;
import java.util.function.UnaryOperator;

/// One rewrite.
///
/// @param name as messages and reports call it
public record Pass(String name, UnaryOperator<Graph> rewrite) {}
