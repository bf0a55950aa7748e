package io.edgewright.device.frugal;

import io.edgewright.device.transport.Fetcher;
import io.edgewright.device.transport.WatchedAnswer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The network, counted: bodies exactly, the headers of requests nearly, those of answers at a usual
 * size. What TLS and TCP add is not seen from here.
 */
public record CountedFetcher(Fetcher network, TrafficDiary diary) implements Fetcher {
  private static final int ANSWER_HEADERS = 300;
  private static final int REQUEST_LINES = 90; // request line, Host, User-Agent, Accept-Encoding

  @Override
  public Answer send(Request request) throws IOException {
    long bytes = (long) REQUEST_LINES + request.address().toString().length();
    for (var header : request.headers().entrySet()) {
      bytes += 4L + header.getKey().length() + header.getValue().length();
    }
    diary.sent(bytes + (request.body() == null ? 0 : request.body().length));
    Answer answer = network.send(request);
    diary.received(ANSWER_HEADERS);
    return new WatchedAnswer(answer, new CountedBody(answer.body(), diary));
  }

  private static final class CountedBody extends FilterInputStream {
    private final TrafficDiary diary;

    CountedBody(InputStream body, TrafficDiary diary) {
      super(body);
      this.diary = diary;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      diary.received(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int most) throws IOException {
      int got = super.read(bytes, offset, most);
      diary.received(Math.max(got, 0));
      return got;
    }
  }
}
