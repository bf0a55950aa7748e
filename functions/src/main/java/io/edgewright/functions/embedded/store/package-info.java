/// The ports on one disk: immutable files for objects, SQLite in WAL mode for records, key files
/// for signatures, an HMAC for addresses.
@NullMarked
package io.edgewright.functions.embedded.store;

import org.jspecify.annotations.NullMarked;
