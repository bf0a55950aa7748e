/** One small deed for every error code, by the kind of thing that is done wrong. */
@NullMarked
package io.edgewright.device.provocation;

import org.jspecify.annotations.NullMarked;
