package io.edgewright.functions.aws.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.core.workflow.NoRetry;
import io.edgewright.functions.core.workflow.ServiceFault;
import io.edgewright.functions.core.workflow.Step;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StepCallTest {
  private final PrintStream console = System.out;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(console);
  }

  private String call(Step step) throws IOException {
    return call((assembly, time) -> step);
  }

  private static String call(StepCall.Maker maker) throws IOException {
    return call(maker, 60_000);
  }

  private static String call(StepCall.Maker maker, int remainingMillis) throws IOException {
    var out = new ByteArrayOutputStream();
    new StepCall("test", new Settings(Map.of()), maker)
        .handle(
            new ByteArrayInputStream(
                "{\"compilation\":\"abc\",\"attempt\":2,\"target\":\"host\"}".getBytes(UTF_8)),
            out,
            new OneCall("r1", remainingMillis));
    return out.toString(UTF_8);
  }

  /// The last line that was logged.
  private JsonNode line() throws IOException {
    return Json.parse(log.toString(UTF_8).lines().toList().getLast().getBytes(UTF_8));
  }

  @Test
  void handsOnWhatTheStepTakesAndGives() throws IOException {
    assertThat(call(input -> Json.object().put("seen", input.path("target").asText())))
        .isEqualTo("{\"seen\":\"host\"}");
    assertThat(line().path("compilation").asText()).isEqualTo("abc");
    assertThat(line().path("attempt").asInt()).isEqualTo(2);
    assertThat(line().path("request").asText()).isEqualTo("r1");
    assertThat(line().path("outcome").asText()).isEqualTo("done");
  }

  @Test
  void tellsTheStepHowLongItMayTake() throws IOException {
    var told = new AtomicReference<>(Duration.ZERO);
    call((assembly, time) -> {
      told.set(time);
      return input -> Json.object();
    });
    assertThat(told.get()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(45));
  }

  @Test
  void givesTheStepNoTimeWhereNoneIsLeft() throws IOException {
    var told = new AtomicReference<>(Duration.ofDays(1));
    call(
        (assembly, time) -> {
          told.set(time);
          return input -> Json.object();
        },
        5000);
    assertThat(told.get()).isEqualTo(Duration.ZERO);
  }

  /// Step Functions knows an error by the name of its class.
  @Test
  void letsErrorsThroughAsTheyAre() throws IOException {
    assertThatThrownBy(() ->
            call(input -> {
              throw new NoRetry("over");
            }))
        .isExactlyInstanceOf(NoRetry.class);
    assertThat(line().path("outcome").asText()).isEqualTo("ended");
    assertThatThrownBy(() ->
            call(input -> {
              throw new ServiceFault(List.of(Samples.PROBLEM));
            }))
        .isExactlyInstanceOf(ServiceFault.class);
    assertThat(line().path("outcome").asText()).isEqualTo("failed");
    assertThat(log.toString(UTF_8)).contains("\"event\":\"fault\"").contains("test of abc");
  }

  @Test
  void saysInTheLogThatACallerWasRefused() throws IOException {
    call(input -> {
      var output = Json.object();
      output.putArray("problems");
      return output;
    });
    assertThat(line().path("outcome").asText()).isEqualTo("refused");
  }
}
