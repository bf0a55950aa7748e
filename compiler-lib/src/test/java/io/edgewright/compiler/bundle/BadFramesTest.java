package io.edgewright.compiler.bundle;

import static io.edgewright.compiler.bundle.TestBundle.picture;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.bundle.TestBundle.Answer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a frame that does not fit, and of those that come after it.
class BadFramesTest {
  private static final byte[] RED = picture(1, 1, 3, (byte) 255, (byte) 0, (byte) 0);

  @TempDir static Path folder;
  private static TestBundle bright = new TestBundle(Path.of("none"), List.of());
  private static TestBundle rows = bright;
  private static TestBundle both = bright;

  @BeforeAll
  static void build() {
    bright = TestBundle.unpack(TinyPrograms.brightChannels(), folder.resolve("bright"));
    rows = TestBundle.unpack(TinyPrograms.dynamicRows(), folder.resolve("rows"));
    both = TestBundle.unpack(TinyPrograms.pixelPlusRows(), folder.resolve("both"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 3, 'width is 0, expected 1 to 4096'",
    "4097, 1, 3, 'width is 4097, expected 1 to 4096'",
    "1, 70000, 3, 'height is 70000, expected 1 to 4096'",
    "5, 4, 1, 'channels is 1, expected 3'",
    "5, 4, 400, 'channels is 400, expected 3'",
  })
  void refusesAPictureThatDoesNotFitAndTakesTheNext(
      int width, int height, int channels, String reason) {
    byte[] wrong = picture(width, height, channels, new byte[width * height * channels]);
    Answer answer = bright.run(frames(RED, wrong, RED));
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.complaint()).isEqualTo("model: frame 1, input `picture`: " + reason + "\n");
    assertAnswered(answer, "{\"frame\":1,\"error\":\"input `picture`: " + reason + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"some bytes that are no picture at all", "E", "EWI", "EWIEWI", "EWI____"})
  void findsTheNextPictureBehindBytesThatAreNone(String garbage) {
    Answer answer = bright.run(frames(RED, garbage.getBytes(UTF_8), RED));
    assertThat(answer.status()).isEqualTo(2);
    assertAnswered(
        answer,
        "{\"frame\":1,\"error\":\"input `picture`: "
            + "a picture starts with EWIM, width, height and channels\"}");
  }

  @Test
  void findsItBehindManyAndAgainBehindMore() {
    byte[] garbage = new byte[10_000];
    List<String> lines =
        bright.run(frames(garbage, RED, garbage, garbage, RED)).text().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).startsWith("{\"frame\":1,\"latencyMicros\":");
    assertThat(lines.get(2)).startsWith("{\"frame\":2,\"error\":");
    assertThat(lines.get(3)).startsWith("{\"frame\":3,\"latencyMicros\":");
  }

  @Test
  void findsItBehindAPictureThatWasCutOff() {
    byte[] cut = picture(2, 2, 3, new byte[3]); // 9 bytes are missing
    List<String> lines = bright.run(frames(cut, RED, RED)).text().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).startsWith("{\"frame\":1,\"error\":");
    assertThat(lines.get(2)).contains("\"found\":[{\"class\":0");
  }

  @Test
  void doesNotWaitForBytesThatNobodyCanHave() {
    byte[] wrong = picture(-1, -1, -1);
    List<String> lines = bright.run(frames(wrong, RED)).text().lines().toList();
    assertThat(lines.get(0)).contains("width is 4294967295");
    assertThat(lines.get(1)).startsWith("{\"frame\":1,\"latencyMicros\":");
  }

  @Test
  void endsWithoutAnErrorMoreWhenNoPictureFollows() {
    Answer answer = bright.run(frames(RED, new byte[100]));
    assertThat(answer.text()).hasLineCount(2);
    assertThat(answer.complaint()).hasLineCount(1);
    assertThat(answer.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"3, 3, 'extent is 3, expected 2'", "100, 2, 'its shape is too large'"})
  void refusesATensorThatDoesNotFitAndTakesTheNext(int first, int second, String reason) {
    byte[] good = tensor(1, 2);
    Answer answer = rows.run(frames(good, tensor(first, second), good), "--format", "json");
    assertThat(answer.status()).isEqualTo(2);
    assertAnswered(answer, "{\"frame\":1,\"error\":\"input `x`: " + reason + "\"}");
  }

  @Test
  void givesNoBytesForABadFrameWhereResultsAreBytes() {
    byte[] good = tensor(1, 2);
    Answer answer = rows.run(frames(good, tensor(3, 3), good));
    assertThat(answer.bytes()).hasSize(2 * good.length);
    assertThat(answer.complaint()).contains("frame 1, input `x`: extent is 3");
  }

  @Test
  void endsWhereTheNextFrameCannotBeFound() {
    byte[] nonsense = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(-1).array();
    Answer answer = rows.run(frames(tensor(1, 2), nonsense, tensor(1, 2)), "--format", "json");
    assertThat(answer.text()).hasLineCount(2).contains("its shape is not one");
    assertThat(answer.status()).isEqualTo(2);
  }

  @Test
  void readsTheOtherInputsOfABadFrame() {
    byte[] good = frames(picture(1, 1, 1, (byte) 5), tensor(2, 2));
    byte[] wrongPicture = frames(picture(1, 1, 2, (byte) 5, (byte) 6), tensor(2, 2));
    byte[] wrongRows = frames(picture(1, 1, 1, (byte) 5), tensor(2, 3));
    byte[] bothWrong = frames(picture(1, 1, 2, (byte) 5, (byte) 6), tensor(2, 3));
    Answer answer =
        both.run(frames(good, wrongPicture, wrongRows, bothWrong, good), "--format", "json");
    assertThat(answer.text().replaceAll("\"latencyMicros\":[0-9]+", "\"latencyMicros\":0"))
        .isEqualTo(
            """
            {"frame":0,"latencyMicros":0,"outputs":{"y":{"shape":[1],"data":[5]}}}
            {"frame":1,"error":"input `a\\u0022b`: channels is 2, expected 1"}
            {"frame":2,"error":"input `x`: extent is 3, expected 2"}
            {"frame":3,"error":"input `a\\u0022b`: channels is 2, expected 1"}
            {"frame":4,"latencyMicros":0,"outputs":{"y":{"shape":[1],"data":[5]}}}
            """);
  }

  /// Frames 0 and 2 have results, frame 1 has the error.
  private static void assertAnswered(Answer answer, String error) {
    List<String> lines = answer.text().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("{\"frame\":0,\"latencyMicros\":");
    assertThat(lines.get(1)).isEqualTo(error);
    assertThat(lines.get(2)).startsWith("{\"frame\":2,\"latencyMicros\":");
  }

  private static byte[] frames(byte[]... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List.of(frames).forEach(all::writeBytes);
    return all.toByteArray();
  }

  /// Zeros, with their shape before them.
  private static byte[] tensor(int rows, int columns) {
    return ByteBuffer.allocate(16 + rows * columns * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(rows)
        .putLong(columns)
        .array();
  }
}
