@NullMarked
package io.edgewright.functions.handlers;

import org.jspecify.annotations.NullMarked;
