/// Models that nobody would write: [ModelMutator] makes them of small valid ones, [CompileTarget]
/// compiles them as far as C, Jazzer searches for those that reach new code.
@NullMarked
package io.edgewright.compiler.fuzz;

import org.jspecify.annotations.NullMarked;
