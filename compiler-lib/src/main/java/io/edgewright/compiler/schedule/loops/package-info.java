/// The loop language: what a kernel does, just above C. The scheduler writes it, `codegen` prints
/// it.
///
/// ```
/// function  = name, comment, pointers, tasks, statements       one task = one call with a task number
/// statement = For | Let | Assign | MultiplyAdd | Store | If | CallKernel | Define | Prefetch | Barrier
/// expr      = Index | RunTime | Constant | Var | Load | Binary | Call | Splat | Lane
/// type      = element type x lanes                             one lane is a plain C scalar
/// ```
@NullMarked
package io.edgewright.compiler.schedule.loops;

import org.jspecify.annotations.NullMarked;
