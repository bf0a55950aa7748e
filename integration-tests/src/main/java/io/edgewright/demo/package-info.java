/// `./edgewright demo`: a model goes in, a device answers. Drives the real parts only, each through
/// the door that its users take.
///
///     Demo            the whole story, top to bottom
///     Example         a model, its manifest and a picture, from docs/examples
///     LocalService    the embedded service as a child process; HTTP to talk to it
///     ProgressBoard   one line a target while it is compiled, live or plain
///     LocalDevice     the device fetcher as a child process: enroll, sync, run
///     UnpackedBundle  a bundle as files
///     ModelRun        frames into a runner, results out
///     Picture         pixels for the runner, boxes for people
@NullMarked
package io.edgewright.demo;

import org.jspecify.annotations.NullMarked;
