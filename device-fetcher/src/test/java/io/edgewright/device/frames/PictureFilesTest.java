package io.edgewright.device.frames;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.bundle.BundleManifest;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.testing.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_INT_ARGB
      })
  void readsThePixelsOfAPng(int type) {
    Path file = Pictures.png(folder.resolve("a.png"), 7, 5, type);

    assertThat(only(file, "rgb").bytes()).isEqualTo(Pictures.frame(7, 5));
  }

  @Test
  void readsThePixelsOfAPpm() {
    Path file = Pictures.write(folder.resolve("a.ppm"), Pictures.ppm(7, 5));

    assertThat(only(file, "rgb").bytes()).isEqualTo(Pictures.frame(7, 5));
  }

  @Test
  void readsAGrayPgmAsThreeEqualColors() {
    byte[] pgm = "P5 2 1 255\n\007\310".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Pictures.write(folder.resolve("a.pgm"), pgm);

    assertThat(pixels(only(file, "rgb"))).containsExactly(7, 7, 7, 200, 200, 200);
  }

  @Test
  void keepsTheStoredValuesOfAGrayPng() throws IOException {
    BufferedImage gray = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSample(0, 0, 0, 7);
    gray.getRaster().setSample(1, 0, 0, 100);
    Path file = folder.resolve("a.png");
    ImageIO.write(gray, "png", file.toFile());

    assertThat(pixels(only(file, "rgb"))).containsExactly(7, 7, 7, 100, 100, 100);
  }

  @Test
  void keepsTheHighByteOf16BitValues() throws IOException {
    BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 0x1234);
    Path file = folder.resolve("a.png");
    ImageIO.write(deep, "png", file.toFile());

    assertThat(pixels(only(file, "rgb"))).containsExactly(0x12, 0x12, 0x12);
  }

  @Test
  void ordersColorsAsTheModelWantsThem() {
    Path file = Pictures.write(folder.resolve("a.ppm"), Pictures.ppm(2, 1));

    assertThat(pixels(only(file, "bgr"))).containsExactly(200, 0, 0, 200, 0, 1);
    // 0.114 * 200 = 22.8, and 0.299 more for the second column.
    assertThat(pixels(only(file, "gray"))).containsExactly(23, 23);
  }

  @Test
  void takesTheFilesOfAFolderByName() {
    for (String name : List.of("c.ppm", "a.ppm", "b.ppm")) {
      Pictures.write(folder.resolve(name), Pictures.ppm(1, 1));
    }
    Pictures.write(folder.resolve("notes.txt"), new byte[3]);

    assertThat(frames(folder).stream().map(Frame::source))
        .containsExactly("a.ppm", "b.ppm", "c.ppm");
  }

  @Test
  void refusesAFolderWithoutPictures() {
    assertRefused(DeviceErrorCode.INPUT_MISSING, () -> open(folder.toString()));
  }

  @Test
  void refusesWhatIsNotThere() {
    assertRefused(DeviceErrorCode.INPUT_MISSING, () -> open("/no/such/picture.png"));
  }

  @Test
  void refusesAPictureForAModelOfTensors() {
    Path file = Pictures.write(folder.resolve("a.ppm"), Pictures.ppm(1, 1));
    BundleManifest.Input tensor =
        new BundleManifest.Input("x", "tensor", "float32", List.of(OptionalLong.of(1)), "");

    assertRefused(
        DeviceErrorCode.INPUT_UNSUITABLE,
        () -> open(file.toString()).next(new FrameLayout("toy", List.of(tensor))));
  }

  @Test
  void refusesEveryTruncatedOrFlippedPictureOrReadsItWhole() throws IOException {
    Random random = new Random(5);
    byte[] png =
        Files.readAllBytes(
            Pictures.png(folder.resolve("a.png"), 40, 30, BufferedImage.TYPE_INT_RGB));
    byte[] ppm = Pictures.ppm(40, 30);
    for (int round = 0; round < 300; round++) {
      byte[] honest = round % 2 == 0 ? png : ppm;
      byte[] broken = Arrays.copyOf(honest, random.nextInt(honest.length));
      if (round % 3 == 0 && broken.length > 0) {
        broken = honest.clone();
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Path file = Pictures.write(folder.resolve(round % 2 == 0 ? "b.png" : "b.ppm"), broken);
      try {
        // A picture that can still be read may have other sides, never other than its pixels need.
        assertThat(only(file, "rgb").bytes().length % 3).isEqualTo(1);
      } catch (DeviceException exception) {
        assertThat(exception.code())
            .isIn(DeviceErrorCode.FRAME_UNREADABLE, DeviceErrorCode.FRAME_TOO_LARGE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P6 4097 1 255\n", "P6 0 1 255\n", "P6 999999 999999 255\n"})
  void refusesSidesThatTheModelDoesNotTake(String header) {
    Path file = Pictures.write(folder.resolve("a.ppm"), header.getBytes(StandardCharsets.US_ASCII));

    assertRefused(DeviceErrorCode.FRAME_TOO_LARGE, () -> only(file, "rgb"));
  }

  private static List<Integer> pixels(Frame frame) {
    List<Integer> pixels = new ArrayList<>();
    for (int at = 16; at < frame.bytes().length; at++) {
      pixels.add(frame.bytes()[at] & 0xff);
    }
    return pixels;
  }

  private static Frame only(Path file, String color) {
    return open(file.toString()).next(layout(color)).orElseThrow();
  }

  private static List<Frame> frames(Path input) {
    List<Frame> frames = new ArrayList<>();
    try (FrameSource source = open(input.toString())) {
      for (Optional<Frame> frame = source.next(layout("rgb"));
          frame.isPresent();
          frame = source.next(layout("rgb"))) {
        frames.add(frame.get());
      }
    }
    return frames;
  }

  private static FrameSource open(String input) {
    InputStream nothing = new ByteArrayInputStream(new byte[0]);
    return PictureFiles.open(input, nothing);
  }

  private static FrameLayout layout(String color) {
    OptionalLong open = OptionalLong.empty();
    return new FrameLayout(
        "toy",
        List.of(
            new BundleManifest.Input(
                "images", "image", "uint8", List.of(open, open, OptionalLong.of(3)), color)));
  }
}
