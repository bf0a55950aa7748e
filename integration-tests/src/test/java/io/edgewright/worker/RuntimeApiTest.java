package io.edgewright.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.worker.RuntimeApi.Answer;
import io.edgewright.worker.RuntimeApi.FunctionEnded;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Lambda's side by itself: the function is played.
class RuntimeApiTest {
  private static final Duration MOST = Duration.ofSeconds(30);

  private final RuntimeApi api;
  private final HttpClient function = HttpClient.newHttpClient();

  RuntimeApiTest() throws IOException {
    this.api = new RuntimeApi();
  }

  @AfterEach
  void close() {
    api.close();
    function.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://" + api.address() + "/2018-06-01/runtime/" + path));
  }

  private HttpResponse<String> next() throws Exception {
    return function.send(to("invocation/next").build(), BodyHandlers.ofString());
  }

  private int say(String path, String body) throws Exception {
    HttpRequest request = to(path).POST(BodyPublishers.ofString(body)).build();
    return function.send(request, BodyHandlers.discarding()).statusCode();
  }

  private CompletableFuture<Answer> call() {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return api.call("{\"a\":1}", MOST);
      } catch (Exception e) {
        throw new CompletionException(e);
      }
    });
  }

  @Test
  void handsACallOverAndItsAnswerBack() throws Exception {
    CompletableFuture<Answer> answer = call();
    HttpResponse<String> call = next();
    assertThat(call.body()).isEqualTo("{\"a\":1}");
    String id = call.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
    assertThat(say("invocation/" + id + "/response", "{}")).isEqualTo(202);
    assertThat(answer.join()).isEqualTo(new Answer("{}", false));
    assertThat(say("invocation/" + id + "/response", "{}")).as("answered again").isEqualTo(404);
  }

  @Test
  void tellsErrorsFromAnswers() throws Exception {
    CompletableFuture<Answer> answer = call();
    String id = next().headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
    assertThat(say("invocation/" + id + "/error", "{\"errorType\":\"X\"}")).isEqualTo(202);
    assertThat(answer.join()).isEqualTo(new Answer("{\"errorType\":\"X\"}", true));
  }

  /// A function that starts slowly keeps all of its time.
  @Test
  void countsTheTimeOfACallFromWhenTheFunctionTakesIt() throws Exception {
    CompletableFuture<Answer> answer = call();
    Instant taken = Instant.now();
    HttpResponse<String> call = next();
    long deadline = call.headers().firstValueAsLong("Lambda-Runtime-Deadline-Ms").orElseThrow();
    assertThat(Instant.ofEpochMilli(deadline + 1)).isAfterOrEqualTo(taken.plus(MOST));
    assertThat(answer).isNotDone();
  }

  @Test
  void failsACallThatWaitsWithWhatTheFunctionSaysOfItsStart() throws Exception {
    CompletableFuture<Answer> answer = call();
    assertThat(say("init/error", "no such class")).isEqualTo(202);
    assertThatThrownBy(answer::join)
        .hasCauseInstanceOf(FunctionEnded.class)
        .hasMessageContaining("cannot be initialised: no such class");
  }

  @Test
  void failsACallThatComesAfterThat() throws Exception {
    assertThat(say("init/error", "no such class")).isEqualTo(202);
    api.end("exit status 1");
    assertThatThrownBy(() -> api.call("{}", MOST))
        .isInstanceOf(FunctionEnded.class)
        .hasMessage("the function cannot be initialised: no such class");
  }
}
