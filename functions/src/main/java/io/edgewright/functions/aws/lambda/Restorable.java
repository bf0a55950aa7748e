package io.edgewright.functions.aws.lambda;

import java.util.function.Function;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/// Something that may not go into a snapshot of SnapStart: made when a function starts, closed
/// before a snapshot is taken, and made again in each copy of it.
final class Restorable<T extends AutoCloseable> implements Resource {
  private final Settings settings;
  private final Function<Settings, T> make;
  private @Nullable T made;

  private Restorable(Settings settings, Function<Settings, T> make) {
    this.settings = settings;
    this.make = make;
  }

  static <T extends AutoCloseable> Restorable<T> of(Settings settings, Function<Settings, T> make) {
    Restorable<T> restorable = new Restorable<>(settings, make);
    Core.getGlobalContext().register(restorable);
    // Made once now, so that the snapshot has the classes that it takes.
    var _ = restorable.get();
    return restorable;
  }

  synchronized T get() {
    T now = made;
    if (now == null) {
      now = make.apply(settings);
      made = now;
    }
    return now;
  }

  @Override
  public synchronized void beforeCheckpoint(Context<? extends Resource> context) throws Exception {
    T before = made;
    made = null;
    if (before != null) {
      before.close();
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // The next call makes it.
  }
}
