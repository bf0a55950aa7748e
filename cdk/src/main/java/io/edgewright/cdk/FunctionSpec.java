package io.edgewright.cdk;

import java.util.List;
import software.amazon.awscdk.Duration;

/// What Lambda is told of a function.
///
/// @param name of the class that is called
/// @param memoryMegabytes 1,769 MB come with one virtual processor
/// @param time after which Lambda ends it
record FunctionSpec(String name, int memoryMegabytes, Duration time) {
  private static final String PACKAGE = "io.edgewright.functions.aws.lambda.";

  /// API Gateway gives up after 29 s, so a function that goes on for longer works for nobody. One
  /// processor: a plan runs the compiler's passes, and loading classes is what a cold start waits
  /// for.
  static final FunctionSpec OPERATOR_API =
      new FunctionSpec("OperatorApi", 1769, Duration.seconds(29));

  /// Answers wait for DynamoDB; a signature is checked in a millisecond.
  static final FunctionSpec DEVICE_API = new FunctionSpec("DeviceApi", 1024, Duration.seconds(29));

  /// Holds a model twice, as bytes and as a graph.
  static final FunctionSpec INSPECT =
      new FunctionSpec("InspectFunction", 2048, Duration.minutes(5));

  /// The compiler's JVM takes half, clang the other: four times what EfficientNet needs. 15 minutes
  /// are the most that Lambda allows.
  static final FunctionSpec COMPILE =
      new FunctionSpec("CompileFunction", 4096, Duration.minutes(15));

  /// A bundle's self-test under an emulator is some ten times slower than on the device.
  static final FunctionSpec VERIFY = new FunctionSpec("VerifyFunction", 1769, Duration.minutes(10));

  /// Copies a bundle, and signs.
  static final FunctionSpec PUBLISH =
      new FunctionSpec("PublishFunction", 1024, Duration.minutes(3));

  static final FunctionSpec SUMMARISE =
      new FunctionSpec("SummariseFunction", 512, Duration.minutes(1));

  static final FunctionSpec GIVE_UP = new FunctionSpec("GiveUpFunction", 512, Duration.minutes(1));

  /// Shorter than the minute after which it is called again, so that two seldom meet; it does no
  /// harm if they do. To reserve one execution for it would keep them apart, but Lambda refuses to
  /// reserve any where an account may run only 10 at a time, as new ones may
  /// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html).
  static final FunctionSpec TICK = new FunctionSpec("TickFunction", 1024, Duration.seconds(55));

  static final List<FunctionSpec> ALL =
      List.of(
          OPERATOR_API, DEVICE_API, INSPECT, COMPILE, VERIFY, PUBLISH, SUMMARISE, GIVE_UP, TICK);

  String handler() {
    return handlerClass() + "::handleRequest";
  }

  String handlerClass() {
    return PACKAGE + name;
  }
}
