package io.edgewright.functions.embedded.workflow;

import static io.edgewright.functions.embedded.workflow.TestMachine.json;
import static io.edgewright.functions.embedded.workflow.TestMachine.machine;
import static io.edgewright.functions.embedded.workflow.TestMachine.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.embedded.store.Database.DatabaseException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An execution that ended with its service goes on where it was.
class ResumeTest {
  /// Every kind of state, a loop, a retried map, variables, caught errors.
  private static final String ALL =
      machine(
          "Init",
          "'Init':{'Type':'Pass','Assign':{'round':0},'Output':[1,2,3],'Next':'Each'}",
          "'Each':{'Type':'Map','Items':'{%% $states.input %%}','MaxConcurrency':1,'ItemProcessor':{'StartAt':'Add','States':{%s,'Odd':{'Type':'Pass','Output':'odd','End':true}}},'Retry':[{'ErrorEquals':['States.TaskFailed'],'MaxAttempts':3}],'Assign':{'round':'{%% $round + 1 %%}'},'Next':'Again'}"
              .formatted(
                  task(
                      "Add",
                      "Add",
                      "'Catch':[{'ErrorEquals':['java.lang.IllegalStateException'],'Next':'Odd'}],'End':true")),
          "'Again':{'Type':'Choice','Choices':[{'Condition':'{% $round < 2 %}','Output':[4,6],'Next':'Each'}],'Default':'Both'}",
          "'Both':{'Type':'Parallel','Branches':[{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':1,'End':true}}},{'StartAt':'P','States':{'P':{'Type':'Pass','Output':'{% $round %}','End':true}}}],'Next':'End'}",
          "'End':{'Type':'Succeed','Output':['{% $states.input %}','{% $round %}']}");

  private static final String RESULT = "[[[{'sum':5},{'sum':7}],2],2]";

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

  /// The disk takes so many more lines of the journal, then none.
  private void endAfter(int lines) {
    sql(
        "CREATE TRIGGER end_of_service BEFORE INSERT ON journal"
            + " WHEN (SELECT COUNT(*) FROM journal) >= "
            + lines
            + " BEGIN SELECT RAISE(ABORT, 'the end'); END");
  }

  private void restart() {
    sql("DROP TRIGGER end_of_service");
  }

  private void sql(String text) {
    machine.database.transaction(transaction -> transaction.update(text));
  }

  private int lines() {
    return machine
        .database
        .transaction(
            transaction -> transaction.first(row -> row.getInt(1), "SELECT COUNT(*) FROM journal"))
        .orElseThrow();
  }

  @Test
  void goesOnAfterEveryLineOfTheJournal() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger();
    machine.function(
        "Add",
        input -> {
          if (input.asInt() == 2) {
            throw new IllegalStateException("two");
          }
          if (input.asInt() == 6 && failures.incrementAndGet() == 1) {
            throw new ArithmeticException("six, the first time");
          }
          return Json.object().put("sum", input.asInt() + 1);
        });
    assertThat(machine.run(ALL, "{}", "whole")).isEqualTo(json(RESULT));
    int all = lines();
    assertThat(all).isGreaterThan(40);
    for (int end = 0; end < all; end++) {
      String name = "ends after " + end;
      failures.set(0);
      sql("DELETE FROM journal");
      endAfter(end);
      assertThatThrownBy(() -> machine.run(ALL, "{}", name)).isInstanceOf(DatabaseException.class);
      restart();
      assertThat(machine.run(ALL, "{}", name)).as(name).isEqualTo(json(RESULT));
    }
  }

  /// What a state did before is not done again once the journal says so.
  @Test
  void doesNotCallAgainWhatHasAnswered() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    machine.function("Count", _ -> Json.object().put("call", calls.incrementAndGet()));
    String asl = machine("T", task("T", "Count", "'Next':'P'"), "'P':{'Type':'Pass','End':true}");
    endAfter(3);
    assertThatThrownBy(() -> machine.run(asl, "{}")).isInstanceOf(DatabaseException.class);
    restart();
    JsonNode output = machine.run(asl, "{}");
    assertThat(output).isEqualTo(json("{'call':1}"));
    assertThat(machine.run(asl, "{}")).isEqualTo(output);
    assertThat(calls.get()).isEqualTo(1);
  }

  /// Ten times a service may end during a task before that is the task's fault.
  @Test
  void doesNotTryForEverWhatEndsTheService() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    machine.function(
        "Kill",
        _ -> {
          calls.incrementAndGet();
          throw new OutOfMemoryError("on purpose");
        });
    String asl =
        machine(
            "T",
            task(
                "T",
                "Kill",
                "'Retry':[{'ErrorEquals':['States.ALL'],'MaxAttempts':2}],'Catch':[{'ErrorEquals':['States.TaskFailed'],'Output':'given up','Next':'Z'}],'End':true"),
            "'Z':{'Type':'Succeed'}");
    for (int kill = 0; kill < 13; kill++) {
      assertThatThrownBy(() -> machine.run(asl, "{}")).isInstanceOf(OutOfMemoryError.class);
    }
    assertThat(machine.run(asl, "{}")).isEqualTo(json("'given up'"));
    assertThat(calls.get()).isEqualTo(13);
  }

  /// Only what is left of a wait; and no more than it was, where the clock was set back.
  @Test
  void waitsForWhatIsLeft() throws InterruptedException {
    String asl = machine("W", "'W':{'Type':'Wait','Seconds':60,'End':true}");
    endAfter(1);
    assertThatThrownBy(() -> machine.run(asl, "{}")).isInstanceOf(DatabaseException.class);
    machine.clock(Clock.fixed(TestMachine.START.plusSeconds(45), ZoneOffset.UTC));
    assertThatThrownBy(() -> machine.run(asl, "{}")).isInstanceOf(DatabaseException.class);
    machine.clock(Clock.fixed(TestMachine.START.minusSeconds(1000), ZoneOffset.UTC));
    restart();
    machine.run(asl, "{}");
    assertThat(machine.waits)
        .containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(60));
  }
}
