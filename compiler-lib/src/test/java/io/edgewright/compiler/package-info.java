@NullMarked
package io.edgewright.compiler;

import org.jspecify.annotations.NullMarked;
