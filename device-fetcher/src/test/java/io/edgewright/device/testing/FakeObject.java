package io.edgewright.device.testing;

import io.edgewright.device.transport.Fetcher;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** An object store with one object and a bad line. */
public final class FakeObject implements Fetcher {
  public byte[] bytes;
  public String etag = "\"first\"";
  public boolean knowsRanges = true;
  public String contentRange = "honest";
  public int changeAfter = Integer.MAX_VALUE;
  public long sent;

  /** After so many bytes in all, the process that reads them dies. */
  public long dieAfter = Long.MAX_VALUE;

  /** Statuses for the next requests, then honest ones. */
  public final Deque<Integer> statuses = new ArrayDeque<>();

  /** After how many bytes the next answers are cut, then whole ones. */
  public final Deque<Integer> cutAfter = new ArrayDeque<>();

  public final List<String> ranges = new ArrayList<>();
  public final List<String> conditions = new ArrayList<>();

  public FakeObject(byte[] bytes) {
    this.bytes = bytes;
  }

  public static FakeObject ofSize(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return new FakeObject(bytes);
  }

  @Override
  public Answer send(Request request) {
    String range = request.headers().getOrDefault("Range", "").replace("bytes=", "");
    ranges.add(range);
    if (ranges.size() > changeAfter) {
      change();
    }
    String condition = request.headers().getOrDefault("If-Match", "");
    conditions.add(condition);
    if (!statuses.isEmpty()) {
      return new Reply(statuses.remove(), Map.of(), InputStream.nullInputStream());
    }
    if (!condition.isEmpty() && !condition.equals(etag)) {
      return new Reply(412, Map.of(), InputStream.nullInputStream());
    }
    int first = knowsRanges ? Integer.parseInt(range.split("-", 2)[0]) : 0;
    int last = knowsRanges ? Integer.parseInt(range.split("-", 2)[1]) : bytes.length - 1;
    last = Math.min(last, bytes.length - 1);
    Map<String, String> headers = new HashMap<>(Map.of("ETag", etag));
    String honest = "bytes " + first + "-" + last + "/" + bytes.length;
    headers.put("Content-Range", contentRange.equals("honest") ? honest : contentRange);
    headers.put("Content-Length", String.valueOf(last - first + 1));
    int whole = last - first + 1;
    int until = cutAfter.isEmpty() ? whole : Math.min(whole, cutAfter.remove());
    InputStream body = new CutBody(bytes, first, until, until < whole);
    return new Reply(knowsRanges ? 206 : 200, headers, body);
  }

  private void change() {
    changeAfter = Integer.MAX_VALUE;
    new Random(99).nextBytes(bytes);
    etag = "\"second\"";
  }

  /** A body whose connection is reset in the middle. */
  private final class CutBody extends FilterInputStream {
    private final boolean cut;

    CutBody(byte[] bytes, int offset, int count, boolean cut) {
      super(new ByteArrayInputStream(bytes, offset, count));
      this.cut = cut;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
      int got = super.read(buffer, offset, count);
      sent += Math.max(got, 0);
      if (sent > dieAfter) {
        throw new AssertionError("killed");
      }
      if (got < 0 && cut) {
        throw new IOException("connection reset");
      }
      return got;
    }
  }

  private record Reply(int status, Map<String, String> headers, InputStream body)
      implements Answer {
    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    @Override
    public void close() {}
  }
}
