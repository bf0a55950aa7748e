/// RFC 9421 with the text's own example, and every way to get it wrong.
@NullMarked
package io.edgewright.functions.core.signature;

import org.jspecify.annotations.NullMarked;
