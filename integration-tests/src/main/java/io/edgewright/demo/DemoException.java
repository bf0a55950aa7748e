package io.edgewright.demo;

/// A step of the demo did not work; the message says which, and what was seen.
final class DemoException extends RuntimeException {
  DemoException(String message) {
    super(message);
  }
}
