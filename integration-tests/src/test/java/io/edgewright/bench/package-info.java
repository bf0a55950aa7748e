/// Tests of the bench: its arithmetic and its words, never times.
@NullMarked
package io.edgewright.bench;

import org.jspecify.annotations.NullMarked;
