package io.edgewright.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.SharedTestdata;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
  @TempDir private Path folder;

  @Test
  void makesAFrameOfHeaderAndRowsOfRedGreenBlue() {
    var image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x010203);
    image.setRGB(1, 0, 0xFFFEFD);

    assertThat(new Picture(image).frame())
        .containsExactly(
            'E', 'W', 'I', 'M', 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 1, 2, 3, 0xFF, 0xFE, 0xFD);
  }

  @Test
  void drawsABoxWhereTheResultIs() throws IOException {
    Path pictures = SharedTestdata.project().resolve("docs/examples/face-detector/picture.png");
    Path file = folder.resolve("new-folder").resolve("drawn.png");

    Picture.read(pictures).drawTo(file, List.of(new Detection("face", 0.93, 60, 50, 120, 110)));

    BufferedImage drawn = Picture.read(file).image();
    assertThat(drawn.getWidth()).isEqualTo(192 * 3);
    int corner = drawn.getRGB(120 * 3, 110 * 3);
    assertThat(corner).isEqualTo(new Color(0xE6194B).getRGB());
    assertThat(drawn.getRGB(90 * 3, 80 * 3)).isNotEqualTo(corner);
  }
}
