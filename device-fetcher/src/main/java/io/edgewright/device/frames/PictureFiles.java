package io.edgewright.device.frames;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The picture files of a folder, in the order of their names, or one file. */
public final class PictureFiles implements FrameSource {
  private static final List<PictureReader> READERS =
      List.of(new PortableMap(), new ImageIoPictures());

  private final Iterator<Path> files;

  private PictureFiles(List<Path> files) {
    this.files = files.iterator();
  }

  /**
   * Whatever {@code --input} names: a folder of pictures, a picture, a file of raw frames, or
   * {@code -} for raw frames on standard input.
   */
  public static FrameSource open(String input, InputStream standardInput) {
    if (input.equals("-")) {
      return new FrameStream("stdin", standardInput);
    }
    Path path = Path.of(input);
    try {
      if (Files.isDirectory(path)) {
        return new PictureFiles(list(path));
      }
      if (!Files.isRegularFile(path)) {
        throw missing(input, "not there", "a folder, a file, or `-`");
      }
      return readerOf(path).isPresent()
          ? new PictureFiles(List.of(path))
          : new FrameStream(input, Files.newInputStream(path));
    } catch (IOException exception) {
      throw missing(input, exception.getClass().getSimpleName(), "one that can be read");
    }
  }

  @Override
  public Optional<Frame> next(FrameLayout layout) {
    if (!files.hasNext()) {
      return Optional.empty();
    }
    Path file = files.next();
    String source = file.getFileName().toString();
    String color = layout.pictureColor().orElseThrow(() -> layout.wantsNoPicture(source));
    try {
      try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
        Picture picture = readerOf(file).orElseThrow().read(source, stream);
        return Optional.of(new Frame(source, picture.frame(color)));
      }
    } catch (IOException | IllegalArgumentException exception) {
      // ImageIO throws either, depending on where in a broken file it stumbles.
      throw FrameLayout.unreadable(source, String.valueOf(exception.getMessage()));
    }
  }

  /** The reader for what begins with these bytes. */
  static Optional<PictureReader> readerOf(int first, int second) {
    return READERS.stream().filter(reader -> reader.begins(first, second)).findFirst();
  }

  @Override
  public boolean isPaced() {
    return true;
  }

  @Override
  public void close() {}

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> pictures = entries.filter(entry -> readerOf(entry).isPresent()).sorted().toList();
      if (pictures.isEmpty()) {
        throw missing(folder.toString(), "no picture in it", "files *.png, *.jpg, *.jpeg or *.ppm");
      }
      return pictures;
    }
  }

  private static Optional<PictureReader> readerOf(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return READERS.stream().filter(reader -> reader.reads(name)).findFirst();
  }

  private static DeviceException missing(String input, String seen, String allowed) {
    return new DeviceException(
        DeviceErrorCode.INPUT_MISSING,
        "`--input " + input + "`",
        seen,
        allowed,
        "name what the model should look at");
  }
}
