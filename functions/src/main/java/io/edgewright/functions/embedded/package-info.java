/// The whole service in one process on one machine. [EmbeddedService] starts it; `store` has the
/// ports on files and SQLite, `workflow` interprets `compile.asl.json`, `http` calls the same
/// handlers as Lambda does.
///
/// Below the data folder: `objects/` (immutable files), `service.db` (SQLite), `keys/` (0600),
/// `operator.token` (0600), `work/` (emptied at start), `lock`.
@NullMarked
package io.edgewright.functions.embedded;

import org.jspecify.annotations.NullMarked;
