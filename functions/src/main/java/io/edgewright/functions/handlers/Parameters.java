package io.edgewright.functions.handlers;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;

/// Parameters of an address.
final class Parameters {
  private Parameters() {}

  static int whole(Request request, String name, int otherwise, int from, int to) {
    String text = request.query(name).orElse(Integer.toString(otherwise));
    try {
      int value = Integer.parseInt(text);
      if (value >= from && value <= to) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Answered below, with numbers outside of the range.
    }
    throw new ServiceException(
        ServiceErrorCode.PARAMETER_INVALID,
        "the parameter `" + name + "`",
        "`" + text + "`",
        "a whole number from " + from + " to " + to,
        "correct it, or leave it out for " + otherwise);
  }
}
