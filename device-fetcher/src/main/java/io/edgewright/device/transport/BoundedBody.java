package io.edgewright.device.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads the body of an answer, but not for ever: neither in bytes nor in time. */
final class BoundedBody {
  private static final int BLOCK = 16 << 10;

  interface Sink {
    void take(byte[] bytes, int count);
  }

  private BoundedBody() {}

  /** The body, cut after {@code most + 1} bytes, so that its reader sees that it was too long. */
  static byte[] read(InputStream body, int most, Duration time) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    copy(body, most + 1L, time, (block, count) -> bytes.write(block, 0, count));
    return bytes.toByteArray();
  }

  /** Hands on up to {@code most} bytes; returns early only at the end of the body. */
  static long copy(InputStream body, long most, Duration time, Sink sink) throws IOException {
    long deadline = System.nanoTime() + time.toNanos();
    byte[] block = new byte[BLOCK];
    long done = 0;
    while (done < most) {
      int count = body.read(block, 0, (int) Math.min(BLOCK, most - done));
      if (count < 0) {
        break;
      }
      sink.take(block, count);
      done += count;
      if (System.nanoTime() > deadline && done < most) {
        throw new IOException("only " + done + " bytes in " + time.toSeconds() + " s");
      }
    }
    return done;
  }
}
