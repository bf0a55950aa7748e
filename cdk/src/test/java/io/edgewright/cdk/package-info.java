/// Tests on the template that the stack becomes.
@NullMarked
package io.edgewright.cdk;

import org.jspecify.annotations.NullMarked;
