package io.edgewright.compiler.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.ManifestReader;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Pictures from files, and the worked manifests of api-spec.
final class Samples {
  private Samples() {}

  static Manifest manifest(String name) throws IOException {
    String path = "/io/edgewright/api/examples/manifest/" + name + ".json";
    try (InputStream stream = Samples.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalArgumentException("no " + path);
      }
      return ManifestReader.read(stream.readAllBytes());
    }
  }

  static BufferedImage picture(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image).isNotNull();
    return image;
  }

  /// As frames of RGB.
  static Tensor pixels(BufferedImage image) {
    int width = image.getWidth();
    byte[] bytes = new byte[3 * width * image.getHeight()];
    for (int i = 0; i < bytes.length; i++) {
      int rgb = image.getRGB(i / 3 % width, i / 3 / width);
      bytes[i] = (byte) (rgb >> (16 - 8 * (i % 3)));
    }
    return new Tensor(
        new TensorType(ElementType.UINT8, Shape.of(image.getHeight(), width, 3)), bytes);
  }
}
