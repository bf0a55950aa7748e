/// Tests of the device descriptions.
@NullMarked
package io.edgewright.compiler.target;

import org.jspecify.annotations.NullMarked;
