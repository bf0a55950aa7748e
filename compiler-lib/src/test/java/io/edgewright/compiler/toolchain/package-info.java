/// Tests of the toolchain: unpacking, compiling, failing.
@NullMarked
package io.edgewright.compiler.toolchain;

import org.jspecify.annotations.NullMarked;
