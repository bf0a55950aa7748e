/// Prints C. What it hands over is a [NativeProgram]: the source, the weights packed for it, and
/// its [Port]s, which are the inputs and outputs as the program's user sees them.
@NullMarked
package io.edgewright.compiler.codegen;

import org.jspecify.annotations.NullMarked;
