/// Rules of the whole house, which no single module can check.
@NullMarked
package io.edgewright.house;

import org.jspecify.annotations.NullMarked;
