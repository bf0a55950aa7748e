/// Results of models on devices: taken once, given out in the order in which they came.
@NullMarked
package io.edgewright.functions.core.results;

import org.jspecify.annotations.NullMarked;
