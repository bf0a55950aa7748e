/// The HTTP interface in the shape of AWS Lambda: one class a route, each parses, calls one use
/// case, and answers. The same classes run behind API Gateway and behind the embedded front.
///
/// [Wiring] makes them all by hand from the [Ports]; [Route] says which answers what. [Endpoint] is
/// what they share: who may call, how a problem is answered, one line of log a request. [Sessions]
/// lets an operator's browser in.
@NullMarked
package io.edgewright.functions.handlers;

import org.jspecify.annotations.NullMarked;
