/// The same executions of `compile.asl.json` for every interpreter of it.
@NullMarked
package io.edgewright.functions.workflow;

import org.jspecify.annotations.NullMarked;
