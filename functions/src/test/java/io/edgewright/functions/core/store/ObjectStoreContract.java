package io.edgewright.functions.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.ObjectStore.Joining;
import io.edgewright.functions.core.store.ObjectStore.Parts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public abstract class ObjectStoreContract {
  private static final Content ONE = Content.of("one".getBytes(UTF_8));

  @TempDir protected Path folder;

  protected abstract ObjectStore store() throws IOException;

  private String read(String key) throws IOException {
    Path copy = folder.resolve("copy");
    assertThat(store().copyTo(key, copy)).isTrue();
    return Files.readString(copy);
  }

  @Test
  void givesBackWhatWasPut() throws IOException {
    assertThat(store().putIfAbsent("models/abc", ONE)).isTrue();
    assertThat(store().size("models/abc")).contains(3L);
    assertThat(read("models/abc")).isEqualTo("one");
    assertThat(store().read("models/abc")).hasValue("one".getBytes(UTF_8));
    assertThat(store().read("models/abd")).isEmpty();
  }

  @Test
  void keepsTheFirstObjectOfAKey() throws IOException {
    store().putIfAbsent("models/abc", ONE);
    assertThat(store().putIfAbsent("models/abc", Content.of("two".getBytes(UTF_8)))).isFalse();
    assertThat(read("models/abc")).isEqualTo("one");
  }

  @Test
  void letsOneOfManyPutTheSameKey() {
    var winners = new AtomicInteger();
    IntStream.range(0, 50)
        .parallel()
        .forEach(i -> {
          try {
            if (store().putIfAbsent("x/race", Content.of(("w" + i).getBytes(UTF_8)))) {
              winners.incrementAndGet();
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertThat(winners).hasValue(1);
  }

  @Test
  void storesNothingWhenTheContentEndsInAFault() throws IOException {
    Content broken =
        () ->
            new SequenceInputStream(
                new ByteArrayInputStream(new byte[100_000]),
                new InputStream() {
                  @Override
                  public int read() throws IOException {
                    throw new IOException("broken");
                  }

                  @Override
                  public int read(byte[] into, int offset, int length) throws IOException {
                    return read();
                  }
                });
    assertThatThrownBy(() -> store().putIfAbsent("models/abc", broken))
        .isInstanceOf(IOException.class);
    assertThat(store().size("models/abc")).isEmpty();
    assertThat(store().putIfAbsent("models/abc", ONE)).isTrue();
  }

  @Test
  void saysWhatIsNotThere() throws IOException {
    assertThat(store().size("models/none")).isEmpty();
    assertThat(store().copyTo("models/none", folder.resolve("copy"))).isFalse();
    store().delete("models/none");
  }

  @Test
  void forgetsWhatWasDeleted() throws IOException {
    store().putIfAbsent("models/abc", ONE);
    store().delete("models/abc");
    assertThat(store().size("models/abc")).isEmpty();
    assertThat(store().putIfAbsent("models/abc", ONE)).isTrue();
  }

  @Test
  void takesPartsUntilTheyAreDropped() throws IOException {
    Parts upload = store().beginParts("models/abc");
    Parts other = store().beginParts("models/abc");
    assertThat(other).isNotEqualTo(upload);
    assertThat(store().parts(upload)).isEmpty();
    put(upload, 2, "two");
    put(upload, 1, "one");
    assertThat(store().parts(upload)).containsExactly(1, 2);
    assertThat(store().parts(other)).isEmpty();
    store().dropParts(upload);
    assertThat(store().parts(upload)).isEmpty();
    store().dropParts(upload);
    assertThat(store().size("models/abc")).isEmpty();
  }

  @Test
  void joinsPartsInTheirOrder() throws IOException {
    Parts upload = store().beginParts("models/abc");
    // S3 takes no smaller part but as the last.
    String first = "one".repeat(5 << 20).substring(0, 5 << 20);
    put(upload, 2, "two");
    put(upload, 1, first);
    assertThat(store().joinParts(upload, 2, digest(first + "two"))).isEqualTo(Joining.JOINED);
    assertThat(read("models/abc").equals(first + "two")).isTrue();
  }

  @Test
  void keepsAnObjectThatWasThereBeforeItsPartsWereJoined() throws IOException {
    store().putIfAbsent("models/abc", ONE);
    Parts upload = store().beginParts("models/abc");
    put(upload, 1, "two");
    assertThat(store().joinParts(upload, 1, digest("two"))).isEqualTo(Joining.JOINED);
    assertThat(read("models/abc")).isEqualTo("one");
  }

  @Test
  void joinsNothingThatIsNotWhatItShouldBe() throws IOException {
    Parts upload = store().beginParts("models/abc");
    put(upload, 1, "one");
    assertThat(store().joinParts(upload, 1, digest("two"))).isEqualTo(Joining.OTHER_CONTENT);
    assertThat(store().joinParts(upload, 2, digest("onetwo"))).isEqualTo(Joining.GONE);
    assertThat(store().size("models/abc")).isEmpty();
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(UTF_8));
  }

  /// Does what whoever has the address of the part can do.
  protected abstract void put(Parts upload, int number, String content) throws IOException;

  @Test
  void refusesKeysThatLeadElsewhere() {
    for (String key : List.of("", "/etc/passwd", "../x", "a/../b", "a//b", "A", "a/.b", "a\0b")) {
      assertThatThrownBy(() -> store().putIfAbsent(key, ONE))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().downloadAddress(key, "x", Duration.ofMinutes(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
