package io.edgewright.device;

import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Home;
import io.edgewright.device.store.Store;
import io.edgewright.device.testing.Installing;
import io.edgewright.device.testing.ToyBundle;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Commands that cannot be carried out. */
final class CommandFaults {
  private final Path folder;

  CommandFaults(Path folder) {
    this.folder = folder;
  }

  void giveAnUnknownOption() {
    device("sync", "--twice");
  }

  void syncWithoutEnrolment() {
    device("sync", "--once");
  }

  /** The standard input throws something that nobody expects. */
  void breakTheProgram() {
    Store store = new Store(new LocalDisk(), new Home(folder));
    Installing.install(store, ToyBundle.named("toy").zip());
    store.saveEnrolment(new Enrolment("http://127.0.0.1:1", "id", "lobby", "toy", "toy", 60));
    device("run");
  }

  private void device(String... words) {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throw new IllegalStateException("impossible");
          }

          @Override
          public int read(byte[] bytes, int offset, int count) {
            throw new IllegalStateException("impossible");
          }
        };
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    Map<String, String> environment = Map.of("EDGEWRIGHT_HOME", folder.toString());
    new Main(new Console(broken, nowhere, nowhere, environment, Clock.systemUTC()))
        .attempt(List.of(words));
  }
}
