/// What a graph means, computed slowly and plainly: constant folding, golden vectors and tests ask
/// [Interpreter], and nothing generated is trusted without it.
///
/// Floats are doubles from the first node to the last and are rounded to their element type only at
/// the graph's outputs and at conversions; integers are exact and wrap as their type does. Sums are
/// always taken in the same order and elementary functions come from StrictMath, so that every
/// machine gives the same bits.
///
/// [Numbers] is a tensor in memory. Operators that only move elements are tables of positions
/// ([Positions]); elementwise arithmetic is [ExpressionEvaluator] over [RealFunctions] and
/// [WholeFunctions]; everything that sums has a file of its own.
@NullMarked
package io.edgewright.compiler.reference;

import org.jspecify.annotations.NullMarked;
