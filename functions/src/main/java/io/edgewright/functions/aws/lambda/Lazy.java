package io.edgewright.functions.aws.lambda;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is made once, when it is first asked for.
final class Lazy<T> {
  private final Supplier<T> make;
  private @Nullable T made;

  Lazy(Supplier<T> make) {
    this.make = make;
  }

  synchronized T get() {
    T now = made;
    if (now == null) {
      now = make.get();
      made = now;
    }
    return now;
  }
}
