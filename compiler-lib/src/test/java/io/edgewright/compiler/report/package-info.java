@NullMarked
package io.edgewright.compiler.report;

import org.jspecify.annotations.NullMarked;
