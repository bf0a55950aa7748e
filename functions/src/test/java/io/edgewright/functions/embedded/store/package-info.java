/// The adapters on one disk against the contracts of their ports.
@NullMarked
package io.edgewright.functions.embedded.store;

import org.jspecify.annotations.NullMarked;
