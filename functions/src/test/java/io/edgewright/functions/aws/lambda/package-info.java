@NullMarked
package io.edgewright.functions.aws.lambda;

import org.jspecify.annotations.NullMarked;
