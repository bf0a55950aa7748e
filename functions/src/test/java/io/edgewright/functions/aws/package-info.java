@NullMarked
package io.edgewright.functions.aws;

import org.jspecify.annotations.NullMarked;
