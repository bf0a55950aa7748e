/// Tests of what the compiler prints: the prelude's functions against Java's own.
@NullMarked
package io.edgewright.compiler.codegen;

import org.jspecify.annotations.NullMarked;
