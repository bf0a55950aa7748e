package io.edgewright.functions.embedded.workflow;

import static io.edgewright.functions.embedded.workflow.TestMachine.json;
import static io.edgewright.functions.embedded.workflow.TestMachine.machine;
import static io.edgewright.functions.embedded.workflow.TestMachine.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.workflow.Step;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Retriers, catchers and timeouts, by the section "Errors" of the States Language.
class ErrorsTest {
  private static final String CAUGHT =
      "'Z':{'Type':'Pass','Output':{'z':'{% $states.input %}'},'End':true}";

  @TempDir Path folder;
  private TestMachine machine;

  @BeforeEach
  void open() {
    machine = new TestMachine(folder);
  }

  @AfterEach
  void close() {
    machine.close();
  }

  private static final class ErrorA extends RuntimeException {}

  private static final class ErrorB extends RuntimeException {}

  private static final class ErrorC extends RuntimeException {}

  /// `ErrorA` in a text means the class of that name here.
  private static String named(String text) {
    return text.replaceAll("\\bError([ABC])\\b", ErrorsTest.class.getName() + "\\$Error$1");
  }

  private void yields(String asl, String output) throws InterruptedException {
    assertThat(machine.run(named(asl), "{'n':7}")).isEqualTo(json(named(output)));
  }

  /// Fails with these errors, one a try, then succeeds.
  private static Step failing(RuntimeException... errors) {
    Deque<RuntimeException> left = new ArrayDeque<>(List.of(errors));
    return _ -> {
      if (left.isEmpty()) {
        return Json.object().put("ok", true);
      }
      throw left.remove();
    };
  }

  private static List<Duration> seconds(int... seconds) {
    return IntStream.of(seconds).mapToObj(Duration::ofSeconds).toList();
  }

  /// The specification's own example: errors A, B, C, B, B. The first two are the first retrier's,
  /// the third the second's; for the fourth the first retrier has had its two.
  @Test
  void retriersCountForThemselves() throws InterruptedException {
    machine.function(
        "X", failing(new ErrorA(), new ErrorB(), new ErrorC(), new ErrorB(), new ErrorB()));
    String retry =
        "'Retry':[{'ErrorEquals':['ErrorA','ErrorB'],'IntervalSeconds':1,'BackoffRate':2.0,'MaxAttempts':2},{'ErrorEquals':['ErrorC'],'IntervalSeconds':5}],'Catch':[{'ErrorEquals':['States.ALL'],'Next':'Z'}],'End':true";
    yields(machine("X", task("X", "X", retry), CAUGHT), "{'z':{'Error':'ErrorB','Cause':'null'}}");
    assertThat(machine.waits).isEqualTo(seconds(1, 2, 5));
  }

  /// "IntervalSeconds 1, MaxAttempts 3, BackoffRate 2.0" are the defaults.
  @Test
  void retriesThreeTimesByDefault() throws InterruptedException {
    machine.function("X", failing(new ErrorA(), new ErrorA(), new ErrorA()));
    String asl = machine("X", task("X", "X", "'Retry':[{'ErrorEquals':['ErrorA']}],'End':true"));
    yields(asl, "{'ok':true}");
    assertThat(machine.waits).isEqualTo(seconds(1, 2, 4));
  }

  /// "MaxDelaySeconds: the most that the retry interval grows to."
  @Test
  void waitsNoLongerThanMaxDelay() throws InterruptedException {
    machine.function("X", failing(new ErrorA(), new ErrorA(), new ErrorA(), new ErrorA()));
    String retry =
        "'Retry':[{'ErrorEquals':['ErrorA'],'IntervalSeconds':3,'BackoffRate':2,'MaxAttempts':5,'MaxDelaySeconds':10}],'End':true";
    machine.run(named(machine("X", task("X", "X", retry))), "{}");
    assertThat(machine.waits).isEqualTo(seconds(3, 6, 10, 10));
  }

  /// "JitterStrategy FULL: the delay is between 0 and what it would be."
  @Test
  void jitterSpreadsTheWaits() throws InterruptedException {
    machine.function("X", failing(Stream.generate(ErrorA::new).limit(200).toArray(ErrorA[]::new)));
    String retry =
        "'Retry':[{'ErrorEquals':['ErrorA'],'IntervalSeconds':9,'BackoffRate':1,'MaxAttempts':200,'JitterStrategy':'FULL'}],'End':true";
    machine.run(named(machine("X", task("X", "X", retry))), "{}");
    assertThat(machine.waits)
        .hasSize(200)
        .allMatch(wait -> wait.compareTo(Duration.ofSeconds(9)) <= 0)
        .anyMatch(wait -> wait.compareTo(Duration.ofSeconds(3)) < 0)
        .anyMatch(wait -> wait.compareTo(Duration.ofSeconds(6)) > 0);
  }

  /// "MaxAttempts 0: the error is never retried."
  @Test
  void doesNotRetryWhatIsNotToBe() {
    machine.function("X", failing(new ErrorA()));
    String retry =
        "'Retry':[{'ErrorEquals':['ErrorA'],'MaxAttempts':0},{'ErrorEquals':['States.ALL']}],'End':true";
    assertThatThrownBy(() -> machine.run(named(machine("X", task("X", "X", retry))), "{}"))
        .isInstanceOf(WorkflowException.class);
    assertThat(machine.waits).isEmpty();
  }

  /// "States.TaskFailed matches any error but States.Timeout" (Developer Guide).
  @Test
  void taskFailedMeansAnythingButATimeout() {
    assertThat(ErrorNames.match(List.of("States.TaskFailed"), "java.io.IOException")).isTrue();
    assertThat(ErrorNames.match(List.of("States.TaskFailed"), "States.Timeout")).isFalse();
    assertThat(ErrorNames.match(List.of("States.ALL"), "States.Timeout")).isTrue();
    assertThat(ErrorNames.match(List.of("A", "B"), "C")).isFalse();
  }

  /// An exception's class is its error's name, as Lambda has it.
  @Test
  void exceptionsAreErrorsByTheirClass() throws InterruptedException {
    machine.function(
        "X",
        _ -> {
          throw new java.io.IOException("no disk");
        });
    String more = "'Catch':[{'ErrorEquals':['java.io.IOException'],'Next':'Z'}],'End':true";
    yields(
        machine("X", task("X", "X", more), CAUGHT),
        "{'z':{'Error':'java.io.IOException','Cause':'no disk'}}");
  }

  /// The first catcher that knows the error; it sees the error, the input, and may assign.
  @Test
  void catchersSeeErrorAndInput() throws InterruptedException {
    machine.function("X", failing(new ErrorB()));
    String more =
        "'Catch':[{'ErrorEquals':['ErrorA'],'Next':'Y'},{'ErrorEquals':['ErrorB'],'Assign':{'why':'{% $states.errorOutput.Cause %}'},'Output':'{% $states.input.n %}','Next':'Y'}],'End':true";
    String after = "'Y':{'Type':'Pass','Output':['{% $states.input %}','{% $why %}'],'End':true}";
    yields(machine("X", task("X", "X", more), after), "[7,'null']");
  }

  @Test
  void outputThatCannotBeEvaluatedCanBeCaught() throws InterruptedException {
    String asl =
        machine(
            "P",
            "'P':{'Type':'Parallel','Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass','End':true}}}],'Output':'{% $states.result.nothing %}','Catch':[{'ErrorEquals':['States.QueryEvaluationError'],'Output':'caught','Next':'Z'}],'End':true}",
            CAUGHT);
    yields(asl, "{'z':'caught'}");
  }

  /// "If any branch fails ... all branches are stopped", and the state fails.
  @Test
  void branchThatFailsEndsTheOthers() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    machine.function(
        "Hang",
        _ -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
            return Json.object();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
        });
    machine.function(
        "Fail",
        _ -> {
          started.await();
          throw new ErrorC();
        });
    String asl =
        machine(
            "P",
            "'P':{'Type':'Parallel','Branches':[{'StartAt':'H','States':{%s}},{'StartAt':'F','States':{%s}}],'Catch':[{'ErrorEquals':['ErrorC'],'Output':'caught','Next':'Z'}],'End':true}"
                .formatted(task("H", "Hang", "'End':true"), task("F", "Fail", "'End':true")),
            CAUGHT);
    yields(asl, "{'z':'caught'}");
    // It was over before the state was.
    assertThat(interrupted.getCount()).isZero();
  }

  /// A retry of a Map runs all of its items again.
  @Test
  void mapCanBeTriedAgain() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    machine.function(
        "X",
        input -> {
          if (calls.incrementAndGet() == 3) {
            throw new ErrorC();
          }
          return Json.object().put("item", input.asInt());
        });
    String asl =
        machine(
            "M",
            "'M':{'Type':'Map','Items':[1,2,3],'MaxConcurrency':1,'ItemProcessor':{'StartAt':'X','States':{%s}},'Retry':[{'ErrorEquals':['ErrorC']}],'End':true}"
                .formatted(task("X", "X", "'End':true")));
    yields(asl, "[{'item':1},{'item':2},{'item':3}]");
    assertThat(calls.get()).isEqualTo(6);
    assertThat(machine.waits).isEqualTo(seconds(1));
  }

  /// "If the state runs longer than TimeoutSeconds: States.Timeout." Each try has its own time.
  @Test
  void taskThatTakesTooLongIsInterrupted() throws InterruptedException {
    AtomicInteger interrupted = new AtomicInteger();
    machine.function(
        "Hang",
        _ -> {
          try {
            new CountDownLatch(1).await();
          } finally {
            interrupted.incrementAndGet();
          }
          return Json.object();
        });
    String more =
        "'TimeoutSeconds':1,'Retry':[{'ErrorEquals':['States.Timeout'],'MaxAttempts':1}],'Catch':[{'ErrorEquals':['States.Timeout'],'Output':'late','Next':'Z'}],'End':true";
    yields(machine("H", task("H", "Hang", more), CAUGHT), "{'z':'late'}");
    assertThat(interrupted.get()).isEqualTo(2);
  }

  /// Of the whole machine: it ends, catchers or not. What passed before a restart counts.
  @Test
  void machineThatTakesTooLongEnds() {
    machine
        .function("Never", _ -> Json.object())
        .clock(Clock.fixed(TestMachine.START.plusSeconds(60), ZoneOffset.UTC))
        .pause(time -> new CountDownLatch(1).await());
    String asl =
        "{'QueryLanguage':'JSONata','TimeoutSeconds':60,'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':9,'Next':'X'},%s}}"
            .formatted(
                task(
                    "X",
                    "Never",
                    "'Catch':[{'ErrorEquals':['States.ALL'],'Next':'W'}],'End':true"));
    assertThatThrownBy(() -> machine.run(asl, "{}"))
        .isInstanceOfSatisfying(
            WorkflowException.class, e -> assertThat(e.error()).isEqualTo("States.Timeout"));
  }
}
