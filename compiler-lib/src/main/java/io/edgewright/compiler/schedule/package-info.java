/// From a graph to loops. Here a tensor gets a place in memory and an operator becomes kernels.
///
/// 1. [Placement] decides how every value lies in memory. Pictures are channels-last, so that the
///    lanes of a vector are channels; transpositions, reshapes and slices are views wherever
///    strides can say them; the parts of a concatenation are written straight to their place in the
///    whole.
/// 2. `lowering` turns each node into [loops.LoopFunction]s, one file for each kind of operator;
///    branches and loops become [Step]s around the steps of their graphs.
/// 3. [MemoryPlan] lets buffers whose lifetimes do not meet share bytes of the arena.
///
/// [Scheduler] runs these three; its result is a [Program], all that code generation needs.
@NullMarked
package io.edgewright.compiler.schedule;

import org.jspecify.annotations.NullMarked;
