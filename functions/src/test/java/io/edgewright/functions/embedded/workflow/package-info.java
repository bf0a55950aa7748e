@NullMarked
package io.edgewright.functions.embedded.workflow;

import org.jspecify.annotations.NullMarked;
