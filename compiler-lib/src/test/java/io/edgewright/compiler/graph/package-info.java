/// Tests of graphs.
@NullMarked
package io.edgewright.compiler.graph;

import org.jspecify.annotations.NullMarked;
