/// The workers' container image, driven as Lambda drives it.
@NullMarked
package io.edgewright.worker;

import org.jspecify.annotations.NullMarked;
