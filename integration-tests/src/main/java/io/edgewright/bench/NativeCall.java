package io.edgewright.bench;

import java.lang.invoke.MethodHandle;
import java.util.List;

/// Calls native functions whose arguments are known to fit.
final class NativeCall {
  private NativeCall() {}

  static Object invoke(MethodHandle function, Object... arguments) {
    try {
      return function.invokeWithArguments(List.of(arguments));
    } catch (RuntimeException | Error known) {
      throw known;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
