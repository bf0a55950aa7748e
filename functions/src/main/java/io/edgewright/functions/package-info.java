/// The service. `core` says what it does, `handlers` answer HTTP requests in the shape of AWS
/// Lambda, `embedded` runs the whole on one machine. `core <- handlers <- embedded`.
@NullMarked
package io.edgewright.functions;

import org.jspecify.annotations.NullMarked;
