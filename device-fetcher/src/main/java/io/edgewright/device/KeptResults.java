package io.edgewright.device;

import io.edgewright.device.results.Recorder;
import io.edgewright.device.store.BundleShelf.Installed;
import io.edgewright.device.store.FileLock;
import io.edgewright.device.store.Store;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Results that go into the log, where the bundle asks for it; begun with the first of them. */
final class KeptResults implements AutoCloseable {
  private final Store store;
  private final Console console;
  private @Nullable Recorder recorder;
  private Optional<FileLock.Held> turn = Optional.empty();
  private boolean isTaken;

  KeptResults(Store store, Console console) {
    this.store = store;
    this.console = console;
  }

  void take(String line, Installed bundle) {
    bundle
        .manifest()
        .run()
        .results()
        .ifPresent(policy -> {
          String digest = "sha256:" + bundle.bundle();
          Recorder.Origin origin = new Recorder.Origin(bundle.manifest().name(), digest, policy);
          recorder().ifPresent(open -> open.take(origin, line, console.clock().instant()));
        });
  }

  private Optional<Recorder> recorder() {
    if (recorder == null && !isTaken) {
      isTaken = true;
      turn = store.resultsTurn();
      if (turn.isPresent()) {
        recorder =
            new Recorder(store.disk(), store.home().results(), new SecureRandom(), console::say);
      } else {
        console.say("another `run` keeps the results of this home folder; these are only printed");
      }
    }
    return Optional.ofNullable(recorder);
  }

  @Override
  public void close() {
    if (recorder != null) {
      recorder.close();
    }
    turn.ifPresent(FileLock.Held::close);
    turn = Optional.empty();
  }
}
