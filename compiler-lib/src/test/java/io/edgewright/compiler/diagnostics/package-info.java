/// Tests of messages.
@NullMarked
package io.edgewright.compiler.diagnostics;

import org.jspecify.annotations.NullMarked;
