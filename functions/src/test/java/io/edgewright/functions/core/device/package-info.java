/// Keys of devices.
@NullMarked
package io.edgewright.functions.core.device;

import org.jspecify.annotations.NullMarked;
