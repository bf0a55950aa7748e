package io.edgewright.device.frames;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.bundle.BundleManifest;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.testing.Pictures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RawFramesTest {
  private static final OptionalLong OPEN = OptionalLong.empty();
  private static final BundleManifest.Input IMAGE =
      new BundleManifest.Input(
          "images", "image", "uint8", List.of(OPEN, OPEN, OptionalLong.of(3)), "rgb");
  private static final BundleManifest.Input FIXED =
      new BundleManifest.Input(
          "x", "tensor", "float32", List.of(OptionalLong.of(2), OptionalLong.of(3)), "");
  private static final BundleManifest.Input DYNAMIC =
      new BundleManifest.Input("y", "tensor", "int64", List.of(OPEN, OptionalLong.of(2)), "");

  @Test
  void cutsPicturesOfDifferentSizesApart() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(Pictures.frame(3, 2));
    stream.writeBytes(Pictures.frame(5, 4));
    RawFrames frames = frames(stream.toByteArray());

    assertThat(frames.next(layout(IMAGE)).orElseThrow().bytes()).isEqualTo(Pictures.frame(3, 2));
    Frame second = frames.next(layout(IMAGE)).orElseThrow();
    assertThat(second.bytes()).isEqualTo(Pictures.frame(5, 4));
    assertThat(second.source()).isEqualTo("stdin:1");
    assertThat(frames.next(layout(IMAGE))).isEmpty();
  }

  @Test
  void cutsTensorsApartByTheirShapes() {
    ByteBuffer stream = ByteBuffer.allocate(24 + 16 + 48).order(ByteOrder.LITTLE_ENDIAN);
    stream.position(24).putLong(3).putLong(2);

    RawFrames frames = frames(stream.array());

    assertThat(frames.next(layout(FIXED, DYNAMIC)).orElseThrow().bytes()).hasSize(88);
    assertThat(frames.next(layout(FIXED, DYNAMIC))).isEmpty();
  }

  @Test
  void refusesAStreamThatEndsInAFrame() {
    byte[] frame = Pictures.frame(3, 2);
    for (int length = 1; length < frame.length; length++) {
      RawFrames frames = frames(Arrays.copyOf(frame, length));

      assertRefused(DeviceErrorCode.FRAME_UNREADABLE, () -> frames.next(layout(IMAGE)));
      assertThat(frames.next(layout(IMAGE))).isEmpty();
    }
  }

  @Test
  void refusesSomethingThatIsNoPicture() {
    assertRefused(
        DeviceErrorCode.FRAME_UNREADABLE, () -> frames(new byte[100]).next(layout(IMAGE)));
  }

  @Test
  void refusesSizesThatWouldFillTheMemory() {
    ByteBuffer picture = ByteBuffer.wrap(Pictures.frame(1, 1)).order(ByteOrder.LITTLE_ENDIAN);
    picture.putInt(4, 0xffffffff);
    ByteBuffer tensor = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    tensor.putLong(Long.MAX_VALUE).putLong(2);

    assertRefused(
        DeviceErrorCode.FRAME_TOO_LARGE, () -> frames(picture.array()).next(layout(IMAGE)));
    assertRefused(
        DeviceErrorCode.FRAME_TOO_LARGE, () -> frames(tensor.array()).next(layout(DYNAMIC)));
  }

  private static RawFrames frames(byte[] stream) {
    return new RawFrames("stdin", new ByteArrayInputStream(stream));
  }

  private static FrameLayout layout(BundleManifest.Input... inputs) {
    return new FrameLayout("toy", List.of(inputs));
  }
}
