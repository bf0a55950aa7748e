/// Tests of the reference interpreter.
@NullMarked
package io.edgewright.compiler.reference;

import org.jspecify.annotations.NullMarked;
