@NullMarked
package io.edgewright.compiler.schedule.lowering;

import org.jspecify.annotations.NullMarked;
