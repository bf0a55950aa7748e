package io.edgewright.endtoend;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;

/// The best face of a square picture by ONNX Runtime, decoded as MediaPipe's short-range face
/// detection says: anchors at the cells' centres, 2 a cell of the 16 x 16 grid and 6 a cell of the
/// 8 x 8 grid; box = centre and size in pixels of the 128 x 128 input, relative to its anchor.
public record BlazeFaceReference(
    double left, double top, double right, double bottom, double score) {
  private static final int SIDE = 128;
  private static final int VALUES_OF_ANCHOR = 16;

  public static BlazeFaceReference of(Path model, Path picture) throws IOException, OrtException {
    BufferedImage image = ImageIO.read(picture.toFile());
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(pixels(image)), new long[] {1, SIDE, SIDE, 3});
        OrtSession.Result result = session.run(Map.of("input", input))) {
      FloatBuffer boxes = ((OnnxTensor) result.get("regressors").orElseThrow()).getFloatBuffer();
      FloatBuffer scores =
          ((OnnxTensor) result.get("classificators").orElseThrow()).getFloatBuffer();
      return best(boxes, scores, (double) image.getWidth() / SIDE);
    }
  }

  /// Bilinear, pixel centres at .5, values in -1..1.
  private static float[] pixels(BufferedImage image) {
    var pixels = new float[SIDE * SIDE * 3];
    double scale = (double) image.getWidth() / SIDE;
    for (int i = 0; i < pixels.length; i++) {
      int row = i / 3 / SIDE;
      int column = i / 3 % SIDE;
      double y = Math.max(0, (row + 0.5) * scale - 0.5);
      double x = Math.max(0, (column + 0.5) * scale - 0.5);
      int shift = 16 - 8 * (i % 3);
      pixels[i] = (float) (sample(image, x, y, shift) / 127.5 - 1);
    }
    return pixels;
  }

  private static double sample(BufferedImage image, double x, double y, int shift) {
    int x0 = (int) x;
    int y0 = (int) y;
    int x1 = Math.min(x0 + 1, image.getWidth() - 1);
    int y1 = Math.min(y0 + 1, image.getHeight() - 1);
    double right = x - x0;
    double low = y - y0;
    double upper =
        (1 - right) * (image.getRGB(x0, y0) >> shift & 255)
            + right * (image.getRGB(x1, y0) >> shift & 255);
    double lower =
        (1 - right) * (image.getRGB(x0, y1) >> shift & 255)
            + right * (image.getRGB(x1, y1) >> shift & 255);
    return (1 - low) * upper + low * lower;
  }

  private static BlazeFaceReference best(FloatBuffer boxes, FloatBuffer scores, double scale) {
    int best = 0;
    for (int anchor = 1; anchor < scores.limit(); anchor++) {
      best = scores.get(anchor) > scores.get(best) ? anchor : best;
    }
    int cell = best < 512 ? best / 2 : (best - 512) / 6;
    int cells = best < 512 ? 16 : 8;
    int at = best * VALUES_OF_ANCHOR;
    int row = cell / cells;
    int column = cell % cells;
    double centreX = boxes.get(at) + (column + 0.5) * SIDE / cells;
    double centreY = boxes.get(at + 1) + (row + 0.5) * SIDE / cells;
    double halfWidth = boxes.get(at + 2) / 2;
    double halfHeight = boxes.get(at + 3) / 2;
    return new BlazeFaceReference(
        (centreX - halfWidth) * scale,
        (centreY - halfHeight) * scale,
        (centreX + halfWidth) * scale,
        (centreY + halfHeight) * scale,
        1 / (1 + Math.exp(-scores.get(best))));
  }
}
