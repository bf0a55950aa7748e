package io.edgewright.device.frames;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.bundle.BundleManifest.Input;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.testing.Pictures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandFramesTest {
  private static final OptionalLong OPEN = OptionalLong.empty();
  private static final FrameLayout PICTURE =
      new FrameLayout(
          "toy",
          List.of(
              new Input("x", "image", "uint8", List.of(OPEN, OPEN, OptionalLong.of(3)), "rgb")));

  @TempDir Path folder;
  private final List<Duration> pauses = new ArrayList<>();

  private String ppm() {
    return Pictures.write(folder.resolve("cat.ppm"), Pictures.ppm(6, 4)).toString();
  }

  private static byte[] expected() {
    return new Frames(new FrameStream("x", new ByteArrayInputStream(Pictures.ppm(6, 4)))).one();
  }

  private record Frames(FrameSource source) {
    byte[] one() {
      return source.next(PICTURE).orElseThrow().bytes();
    }
  }

  @Test
  void takesAPictureFromACommandForEachFrame() {
    try (CapturedFrames source = new CapturedFrames("cat " + ppm(), pauses::add)) {
      assertThat(source.isPaced()).isTrue();
      Frame first = source.next(PICTURE).orElseThrow();
      Frame second = source.next(PICTURE).orElseThrow();

      assertThat(first.source()).isEqualTo("capture:0");
      assertThat(second.source()).isEqualTo("capture:1");
      assertThat(second.bytes()).isEqualTo(expected());
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void waitsLongerAndLongerAfterFailures() {
    String command = "cat " + ppm() + " && test -e " + folder.resolve("ready");
    try (CapturedFrames source = new CapturedFrames(command, pauses::add)) {
      for (int failure = 0; failure < 12; failure++) {
        assertRefused(DeviceErrorCode.FRAME_COMMAND_FAILED, () -> source.next(PICTURE));
      }
      Pictures.write(folder.resolve("ready"), new byte[0]);
      assertThat(source.next(PICTURE)).isPresent();
      assertThat(source.next(PICTURE)).isPresent();
    }

    assertThat(pauses).hasSize(12).startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(pauses.get(11)).isEqualTo(Duration.ofSeconds(256));
  }

  @Test
  void refusesWhatIsNoPicture() {
    try (CapturedFrames words = new CapturedFrames("echo hello", pauses::add);
        CapturedFrames nothing = new CapturedFrames("true", pauses::add)) {
      assertRefused(DeviceErrorCode.FRAME_UNREADABLE, () -> words.next(PICTURE));
      assertRefused(DeviceErrorCode.FRAME_COMMAND_FAILED, () -> nothing.next(PICTURE));
    }
  }

  @Test
  void takesPicturesFromACommandThatGoesOn() {
    String line = "cat " + ppm() + "; cat " + ppm() + "; exit 0";
    try (CommandFrames source = new CommandFrames(line)) {
      assertThat(source.isPaced()).isFalse();
      assertThat(source.next(PICTURE).orElseThrow().bytes()).isEqualTo(expected());
      assertThat(source.next(PICTURE).orElseThrow().source()).isEqualTo("stream:1");
      assertThat(source.next(PICTURE)).isEmpty();
    }
  }

  @Test
  void saysHowACommandThatGoesOnHasFailedAndThenEnds() {
    try (CommandFrames source = new CommandFrames("cat " + ppm() + "; exit 7")) {
      assertThat(source.next(PICTURE)).isPresent();
      assertRefused(DeviceErrorCode.FRAME_COMMAND_FAILED, () -> source.next(PICTURE));
      assertThat(source.next(PICTURE)).isEmpty();
    }
  }

  @Test
  void tellsPicturesAndRawFramesApart() {
    ByteArrayOutputStream mixed = new ByteArrayOutputStream();
    mixed.writeBytes(Pictures.ppm(6, 4));
    mixed.writeBytes(Pictures.frame(3, 3));
    mixed.writeBytes(Pictures.ppm(6, 4));
    FrameStream source = new FrameStream("s", new ByteArrayInputStream(mixed.toByteArray()));

    assertThat(source.next(PICTURE).orElseThrow().bytes()).isEqualTo(expected());
    assertThat(source.next(PICTURE).orElseThrow().bytes()).isEqualTo(Pictures.frame(3, 3));
    assertThat(source.next(PICTURE).orElseThrow().bytes()).isEqualTo(expected());
    assertThat(source.next(PICTURE)).isEqualTo(Optional.empty());
  }
}
