/// Rewrites of a graph that keep its meaning. [PassList] has them all, in order; after each one the
/// graph is checked and the pass is named if it broke something.
///
/// A pass is a function from graph to graph in a file of its own, named verb first. Its comment
/// shows before -> after and says when it must not fire.
@NullMarked
package io.edgewright.compiler.passes;

import org.jspecify.annotations.NullMarked;
