/// The whole service in one process on one machine: the ports on files and SQLite, the workflow's
/// file interpreted, the compiler as a child process, and an HTTP front that calls the same
/// handlers as Lambda does. [EmbeddedService] starts it.
///
/// Below the data folder: `objects/` (immutable files), `service.db` (SQLite), `keys/` (0600),
/// `operator.token` (0600), `work/` (emptied at start), `lock`.
@NullMarked
package io.edgewright.functions.embedded;

import org.jspecify.annotations.NullMarked;
