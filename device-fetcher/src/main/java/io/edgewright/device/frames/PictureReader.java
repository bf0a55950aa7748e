package io.edgewright.device.frames;

import java.io.IOException;
import java.io.InputStream;

/** Reads the picture files of some formats. */
interface PictureReader {
  /** Whether a file of that name, in lower case, is one of its formats. */
  boolean reads(String name);

  /** Whether a file that begins so is one of its formats. */
  boolean begins(int first, int second);

  /** Reads one picture from where the stream stands; the stream stays open. */
  Picture read(String source, InputStream stream) throws IOException;
}
