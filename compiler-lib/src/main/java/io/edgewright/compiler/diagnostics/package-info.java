/// What can go wrong, said once: a stable [ErrorCode], who is to blame, where, what was seen, what
/// is allowed, and what to do next. The same record serves the command line, HTTP, logs and the
/// device.
@NullMarked
package io.edgewright.compiler.diagnostics;

import org.jspecify.annotations.NullMarked;
