package io.edgewright.device.transport;

import java.io.InputStream;
import java.util.Optional;

/** An answer whose body goes through the hands of somebody who watches it being read. */
public record WatchedAnswer(Fetcher.Answer answer, InputStream body) implements Fetcher.Answer {
  @Override
  public int status() {
    return answer.status();
  }

  @Override
  public Optional<String> header(String name) {
    return answer.header(name);
  }

  @Override
  public void close() {
    answer.close();
  }
}
