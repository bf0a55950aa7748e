/// Tests of what the service costs: counting and arithmetic; prices are AWS's.
@NullMarked
package io.edgewright.cost;

import org.jspecify.annotations.NullMarked;
