@NullMarked
package io.edgewright.functions.worker;

import org.jspecify.annotations.NullMarked;
