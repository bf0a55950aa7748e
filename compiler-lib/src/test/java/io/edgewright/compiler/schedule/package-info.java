@NullMarked
package io.edgewright.compiler.schedule;

import org.jspecify.annotations.NullMarked;
