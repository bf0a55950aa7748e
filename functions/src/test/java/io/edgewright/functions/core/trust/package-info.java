/// Metadata as a device checks it.
@NullMarked
package io.edgewright.functions.core.trust;

import org.jspecify.annotations.NullMarked;
