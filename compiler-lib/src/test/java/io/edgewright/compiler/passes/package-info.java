@NullMarked
package io.edgewright.compiler.passes;

import org.jspecify.annotations.NullMarked;
