/// Tests of the demo and of its parts.
@NullMarked
package io.edgewright.demo;

import org.jspecify.annotations.NullMarked;
