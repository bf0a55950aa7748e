/// The front of the embedded service, on the JDK's HTTP server with a virtual thread a request.
/// [HttpFront] takes requests and finds who answers; [LambdaRoute] does what API Gateway does in
/// between: size limits, an event, the handler, its answer; [ObjectsRoute] is what S3 is on AWS: it
/// answers signed addresses, with ranges.
@NullMarked
package io.edgewright.functions.embedded.http;

import org.jspecify.annotations.NullMarked;
