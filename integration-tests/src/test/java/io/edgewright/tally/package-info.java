/// Tests of the tally, and the budgets that the whole project's sources keep.
@NullMarked
package io.edgewright.tally;

import org.jspecify.annotations.NullMarked;
