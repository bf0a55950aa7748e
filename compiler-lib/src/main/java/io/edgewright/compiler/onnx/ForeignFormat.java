package io.edgewright.compiler.onnx;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What bytes that are no ONNX model look like, so that the message can say more than "unreadable".
/// Each is known by a text at the start of the file, behind `offset` bytes.
enum ForeignFormat {
  GIT_LFS(
      0, "version https://git-lfs", "a git-lfs pointer", "fetch the file itself: `git lfs pull`"),
  PNG(0, "\u0089PNG", "a PNG picture", Hints.WRONG_FILE),
  JPEG(0, "\u00ff\u00d8\u00ff", "a JPEG picture", Hints.WRONG_FILE),
  ZIP(
      0,
      "PK\u0003\u0004",
      "a zip archive",
      "unpack it; a PyTorch .pt or .pth file must be exported with torch.onnx.export"),
  GZIP(0, "\u001f\u008b", "a gzip file", "unpack it with gunzip"),
  TFLITE(
      4, "TFL3", "a TensorFlow Lite model", "convert it: `python -m tf2onnx.convert --tflite ...`"),
  HDF5(0, "\u0089HDF\r\n", "a Keras HDF5 file", "convert it with tf2onnx"),
  PICKLE(0, "\u0080\u0002", "a Python pickle", Hints.TORCH),
  GGUF(0, "GGUF", "a GGUF file", Hints.WRONG_FILE),
  HTML(0, "<", "an HTML or XML page", "the download gave a web page: fetch the file itself"),
  SAFETENSORS(8, "{\"", "a safetensors file", Hints.TORCH),
  JSON(0, "{", "JSON text", Hints.WRONG_FILE);

  private static final class Hints {
    static final String WRONG_FILE = "give the .onnx file";
    static final String TORCH =
        "it holds weights without a network: export the network with torch.onnx.export";
  }

  private final int offset;
  private final String text;
  private final String description;
  private final String hint;

  ForeignFormat(int offset, String text, String description, String hint) {
    this.offset = offset;
    this.text = text;
    this.description = description;
    this.hint = hint;
  }

  String description() {
    return description;
  }

  String hint() {
    return hint;
  }

  static Optional<ForeignFormat> of(byte[] bytes) {
    byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, 256));
    String text = new String(start, StandardCharsets.ISO_8859_1);
    int blank = text.length() - text.stripLeading().length();
    return List.of(values()).stream()
        .filter(format ->
            text.startsWith(format.text, format.offset)
                || (format == HTML && text.startsWith(format.text, blank)))
        .findFirst();
  }

  /// Whether the bytes begin like text that people write.
  static boolean isText(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1);
    return !start.isEmpty()
        && start.chars().allMatch(letter -> (letter >= ' ' && letter < 127) || isBlank(letter));
  }

  private static boolean isBlank(int letter) {
    return letter == '\n' || letter == '\r' || letter == '\t';
  }
}
