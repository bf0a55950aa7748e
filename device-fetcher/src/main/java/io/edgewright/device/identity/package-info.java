/**
 * Who this device is: a P-256 key that was made on it and never leaves it, and the signatures that
 * it puts on its requests.
 */
@NullMarked
package io.edgewright.device.identity;

import org.jspecify.annotations.NullMarked;
