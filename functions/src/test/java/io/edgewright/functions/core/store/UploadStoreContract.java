package io.edgewright.functions.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.Digest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class UploadStoreContract {
  private static final Instant NOW = Samples.NOON;
  private static final Digest MODEL = Samples.digest("model");

  protected abstract UploadStore store();

  private static ModelUpload upload(Digest model, String id, Instant at) {
    List<Digest> parts = List.of(Samples.digest("1"), Samples.digest("2"));
    return new ModelUpload(model, 3L << 30, parts, id, at);
  }

  @Test
  void findsWhatWasAdded() {
    ModelUpload upload = upload(MODEL, "u1", NOW);
    assertThat(store().find(MODEL)).isEmpty();
    assertThat(store().add(upload)).isTrue();
    assertThat(store().find(MODEL)).contains(upload);
  }

  @Test
  void keepsTheFirstUploadOfAModel() {
    ModelUpload upload = upload(MODEL, "u1", NOW);
    store().add(upload);
    assertThat(store().add(upload(MODEL, "u2", NOW))).isFalse();
    assertThat(store().find(MODEL)).contains(upload);
  }

  @Test
  void removesAnUploadAndNoOtherOfItsModel() {
    store().add(upload(MODEL, "u1", NOW));
    store().remove(upload(MODEL, "u2", NOW));
    assertThat(store().find(MODEL)).isPresent();
    store().remove(upload(MODEL, "u1", NOW));
    assertThat(store().find(MODEL)).isEmpty();
  }

  @Test
  void listsWhatIsOld() {
    ModelUpload old = upload(MODEL, "u1", NOW);
    store().add(old);
    store().add(upload(Samples.digest("other"), "u2", NOW.plusSeconds(1)));
    assertThat(store().startedBefore(NOW.plusSeconds(1))).containsExactly(old);
  }
}
