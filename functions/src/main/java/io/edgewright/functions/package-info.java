/// The service. `core` says what it does, `handlers` answer HTTP requests in the shape of AWS
/// Lambda, `worker` runs compiler and self-tests as child processes. `embedded` runs the whole on
/// one machine, `aws` in an AWS account. `core <- {handlers, worker} <- {embedded, aws}`.
@NullMarked
package io.edgewright.functions;

import org.jspecify.annotations.NullMarked;
