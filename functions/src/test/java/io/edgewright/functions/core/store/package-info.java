/// One contract a port. Each adapter's test extends the contract and says how to make the adapter.
@NullMarked
package io.edgewright.functions.core.store;

import org.jspecify.annotations.NullMarked;
