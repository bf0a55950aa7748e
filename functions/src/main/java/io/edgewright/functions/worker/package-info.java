/// Programs that a stranger's model has had a hand in, run as child processes: [ChildProcess] with
/// limits on time, memory, file size and what is read of their output, an empty environment, and an
/// end for the whole tree. [LocalCompileWorker] runs the compiler so, [LocalSelfTest] its result.
@NullMarked
package io.edgewright.functions.worker;

import org.jspecify.annotations.NullMarked;
