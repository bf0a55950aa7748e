/** A service in miniature: publishes signed metadata and answers over real HTTP. */
@NullMarked
package io.edgewright.device.testing;

import org.jspecify.annotations.NullMarked;
