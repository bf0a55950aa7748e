/// Tests of the C kernels: compiled by the toolchain that comes with the compiler, run on this
/// machine and under emulation, compared with the reference interpreter.
@NullMarked
package io.edgewright.compiler.kernels;

import org.jspecify.annotations.NullMarked;
