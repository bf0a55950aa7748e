/// The embedded adapters against the contracts of their ports, and the service as a whole.
@NullMarked
package io.edgewright.functions.embedded;

import org.jspecify.annotations.NullMarked;
