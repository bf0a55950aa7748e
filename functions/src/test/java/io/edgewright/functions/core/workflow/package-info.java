@NullMarked
package io.edgewright.functions.core.workflow;

import org.jspecify.annotations.NullMarked;
