package io.edgewright.device;

import java.util.List;

/** Closes what must not be left open when the system stops this program with a signal. */
final class AtShutdown {
  private final Thread hook;

  AtShutdown(AutoCloseable... open) {
    List<AutoCloseable> closing = List.of(open);
    hook =
        new Thread(() -> {
          for (AutoCloseable one : closing) {
            try {
              one.close();
            } catch (Exception exception) {
              System.err.println("edgewright-device: " + exception.getMessage());
            }
          }
        });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The program ends by itself: its owners close. */
  void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException exception) {
      // The hook runs already.
    }
  }
}
