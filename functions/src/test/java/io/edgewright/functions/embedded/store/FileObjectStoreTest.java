package io.edgewright.functions.embedded.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.ObjectStore.Parts;
import io.edgewright.functions.core.store.ObjectStoreContract;
import io.edgewright.functions.core.store.Samples;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileObjectStoreTest extends ObjectStoreContract {
  private ObjectStore store;

  @BeforeEach
  void open() throws IOException {
    store = reopen();
  }

  private ObjectStore reopen() throws IOException {
    return new FileObjectStore(
        folder.resolve("objects"),
        new SignedAddresses(
            "secret".getBytes(UTF_8), Clock.systemUTC(), URI.create("http://127.0.0.1:1")));
  }

  /// The front does the same with what it receives at a signed address.
  @Override
  protected void put(Parts upload, int number, String content) throws IOException {
    byte[] bytes = content.getBytes(UTF_8);
    URI address =
        store
            .partAddress(
                upload, number, bytes.length, Samples.digest(content), Duration.ofMinutes(1))
            .url();
    String key = address.getPath().substring(SignedAddresses.PREFIX.length());
    store.putIfAbsent(key, Content.of(bytes));
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void findsItsObjectsAfterARestartAndSweepsUnfinishedOnes() throws IOException {
    store.putIfAbsent("models/abc", Content.of("one".getBytes(UTF_8)));
    Path unfinished = folder.resolve("objects/.unfinished/upload1");
    Files.writeString(unfinished, "half");
    assertThat(reopen().size("models/abc")).contains(3L);
    assertThat(unfinished).doesNotExist();
  }
}
