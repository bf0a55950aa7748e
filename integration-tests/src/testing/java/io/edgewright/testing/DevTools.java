package io.edgewright.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The DevTools protocol of one tab: commands with their answers, and events as they come. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int ANSWER_SECONDS = 60;

  private final Map<Integer, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  DevTools(URI tab) {
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(tab, this).join();
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @param parameters JSON
   * @return the answer, JSON
   */
  String call(String method, String parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    String command =
        "{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters);
    socket.sendText(command, true).join();
    String text = answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    Optional<String> refusal = field(text, "error", "message");
    if (refusal.isPresent()) {
      throw new IllegalStateException(method + ": " + refusal.get());
    }
    return text;
  }

  /** Every event so far, JSON. */
  List<String> events() {
    return events;
  }

  static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** The value at a path of field names as text, if there is one. */
  static Optional<String> field(String json, String... path) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      for (String name : path) {
        if (!enter(parser, name)) {
          return Optional.empty();
        }
      }
      return Optional.ofNullable(parser.getValueAsString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Moves from the start of an object to the value of its field. */
  private static boolean enter(JsonParser parser, String name) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isFound = parser.currentName().equals(name);
      parser.nextToken();
      if (isFound) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String message = partial.toString();
      partial.setLength(0);
      Optional<String> id = field(message, "id");
      if (id.isPresent()) {
        Optional.ofNullable(waiting.remove(Integer.valueOf(id.get())))
            .ifPresent(answer -> answer.complete(message));
      } else {
        events.add(message);
      }
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
