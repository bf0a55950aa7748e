package io.edgewright.device.frames;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the picture files of some formats. */
interface PictureReader {
  /** Whether a file of that name, in lower case, is one of its formats. */
  boolean reads(String name);

  Picture read(Path file) throws IOException;
}
