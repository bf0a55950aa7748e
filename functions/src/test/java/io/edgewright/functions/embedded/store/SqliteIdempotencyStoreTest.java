package io.edgewright.functions.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.IdempotencyStore;
import io.edgewright.functions.core.store.IdempotencyStore.KeptAnswer;
import io.edgewright.functions.core.store.IdempotencyStore.Taking;
import io.edgewright.functions.core.store.IdempotencyStoreContract;
import io.edgewright.functions.core.store.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteIdempotencyStoreTest extends IdempotencyStoreContract {
  @TempDir Path folder;
  private Database database;
  private IdempotencyStore store;

  @BeforeEach
  void open() {
    database = new Database(folder.resolve("service.db"));
    store = new SqliteIdempotencyStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected IdempotencyStore store() {
    return store;
  }

  @Test
  void freesAtItsStartWhatNobodyAnsweredBeforeTheEnd() {
    Instant now = Samples.NOON;
    Digest request = Samples.digest("request");
    store.take("answered", request, now, now, now);
    store.keep("answered", new KeptAnswer(200, Map.of(), "{}"));
    store.take("broken off", request, now, now, now);
    IdempotencyStore next = new SqliteIdempotencyStore(database);
    assertThat(next.take("broken off", request, now, now, now)).isEqualTo(new Taking.Taken());
    assertThat(next.take("answered", request, now, now, now)).isInstanceOf(Taking.Answered.class);
  }
}
