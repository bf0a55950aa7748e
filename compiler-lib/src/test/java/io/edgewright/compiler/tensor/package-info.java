/// Tests of shapes and of numbers that only a run knows.
@NullMarked
package io.edgewright.compiler.tensor;

import org.jspecify.annotations.NullMarked;
