package io.edgewright.cost;

/// The processors that Lambda has.
enum Processor {
  X86("x86", "lambda.x86.gigabyteSecond"),
  ARM64("arm64", "lambda.arm64.gigabyteSecond");

  private final String title;
  private final String price;

  Processor(String title, String price) {
    this.title = title;
    this.price = price;
  }

  String title() {
    return title;
  }

  /// An execution of a function.
  Usage execution(double gigabytes, double seconds) {
    return Usage.NOTHING.plus("lambda.request", 1).plus(price, gigabytes * seconds);
  }
}
