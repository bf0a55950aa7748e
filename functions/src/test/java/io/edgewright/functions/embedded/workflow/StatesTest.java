package io.edgewright.functions.embedded.workflow;

import static io.edgewright.functions.embedded.workflow.TestMachine.answer;
import static io.edgewright.functions.embedded.workflow.TestMachine.json;
import static io.edgewright.functions.embedded.workflow.TestMachine.machine;
import static io.edgewright.functions.embedded.workflow.TestMachine.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each kind of state does, by the States Language (https://states-language.net) and, for
/// JSONata, by the Step Functions Developer Guide.
class StatesTest {
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

  private void yields(String asl, String input, String output) throws InterruptedException {
    assertThat(machine.run(asl, input)).isEqualTo(json(output));
  }

  private void failsWith(String asl, String error) {
    assertThatThrownBy(() -> machine.run(asl, "{}"))
        .isInstanceOfSatisfying(
            WorkflowException.class, e -> assertThat(e.error()).isEqualTo(error));
  }

  /// "By default, the state output of a Pass state is its input."
  @Test
  void passHandsItsInputOn() throws InterruptedException {
    yields(machine("A", "'A':{'Type':'Pass','End':true}"), "{'a':[1]}", "{'a':[1]}");
  }

  /// "The Output field accepts any JSON value. Any string value, including those inside objects or
  /// arrays, will be evaluated as JSONata if surrounded by {% %}."
  @Test
  void outputIsJsonWithExpressionsInside() throws InterruptedException {
    yields(
        machine(
            "A",
            "'A':{'Type':'Pass','Output':{'n':1,'t':'$states.input','l':['{% $states.input.x + 1 %}',null,true]},'End':true}"),
        "{'x':41}",
        "{'n':1,'t':'$states.input','l':[42,null,true]}");
  }

  @Test
  void succeedEndsItsMachineWithItsOutput() throws InterruptedException {
    yields(machine("A", "'A':{'Type':'Succeed','Output':'{% $states.input.x %}'}"), "{'x':1}", "1");
  }

  /// "A Fail State MAY have a field named Error / Cause."
  @Test
  void failEndsItsMachineWithItsErrorAndCause() {
    String asl =
        machine(
            "A",
            "'A':{'Type':'Fail','Error':'My.Error','Cause':'{% \\\"be\\\" & \\\"cause\\\" %}'}");
    assertThatThrownBy(() -> machine.run(asl, "{}"))
        .isInstanceOfSatisfying(
            WorkflowException.class,
            e ->
                assertThat(e.errorOutput())
                    .isEqualTo(json("{'Error':'My.Error','Cause':'because'}")));
  }

  /// The shape of `lambda:invoke`: what the function answers is the result's `Payload`.
  @Test
  void taskCallsItsFunction() throws InterruptedException {
    machine.function(
        "Double", input -> answer("y", Json.object().numberNode(2 * input.path("x").asInt())));
    yields(machine("A", task("A", "Double", "'End':true")), "{'x':21}", "{'y':42}");
  }

  /// "The interpreter evaluates the rules in array order and transitions to the state of the first
  /// whose Condition is true"; "Default" else.
  @ParameterizedTest
  @CsvSource({"-1,negative", "0,zero", "250,big", "7,other"})
  void choiceGoesWhereTheFirstRuleThatHoldsSays(int value, String expected)
      throws InterruptedException {
    yields(
        machine(
            "C",
            "'C':{'Type':'Choice','Choices':[{'Condition':'{% $states.input.v < 0 %}','Next':'S','Output':'negative'},{'Condition':'{% $states.input.v = 0 %}','Next':'S','Output':'zero'},{'Condition':'{% $states.input.v > -5 and $states.input.v > 100 %}','Next':'S','Output':'big'}],'Default':'S','Output':'other'}",
            "'S':{'Type':'Succeed'}"),
        "{'v':%d}".formatted(value),
        "'" + expected + "'");
  }

  /// "If none of the rules match and no Default is given: States.NoChoiceMatched."
  @Test
  void choiceWithoutAMatchIsAnError() {
    failsWith(
        machine(
            "C",
            "'C':{'Type':'Choice','Choices':[{'Condition':false,'Next':'S'}]}",
            "'S':{'Type':'Succeed'}"),
        "States.NoChoiceMatched");
  }

  @Test
  void conditionMustBeTrueOrFalse() {
    failsWith(
        machine(
            "C",
            "'C':{'Type':'Choice','Choices':[{'Condition':'{% 1 %}','Next':'S'}]}",
            "'S':{'Type':'Succeed'}"),
        "States.QueryEvaluationError");
  }

  /// "Seconds ... or Timestamp, an ISO-8601 extended offset date-time."
  @ParameterizedTest
  @CsvSource({
    "'Seconds':10,10",
    "'Seconds':'{% $states.input.s * 2 %}',6",
    "'Timestamp':'2026-01-01T00:01:00Z',60",
    "'Timestamp':'2026-01-01T02:00:30+02:00',30",
    "'Timestamp':'2025-01-01T00:00:00Z',0"
  })
  void waitTakesItsTime(String until, int seconds) throws InterruptedException {
    yields(
        machine("W", "'W':{'Type':'Wait',%s,'End':true}".formatted(until)), "{'s':3}", "{'s':3}");
    assertThat(machine.waits).containsExactly(Duration.ofSeconds(seconds));
  }

  @Test
  void waitForNoNumberIsAnError() {
    failsWith(
        machine("W", "'W':{'Type':'Wait','Seconds':'{% \\\"soon\\\" %}','End':true}"),
        "States.QueryEvaluationError");
  }

  /// "A JSONata expression that is undefined: States.QueryEvaluationError."
  @Test
  void expressionWithoutAValueIsAnError() {
    failsWith(
        machine("A", "'A':{'Type':'Pass','Output':'{% $states.input.nothing %}','End':true}"),
        "States.QueryEvaluationError");
  }

  /// "All expressions of an Assign see the values that the variables had when the state was
  /// entered"; new values are seen from the next state on.
  @Test
  void assignmentsTakeEffectInTheNextState() throws InterruptedException {
    yields(
        machine(
            "A",
            "'A':{'Type':'Pass','Assign':{'x':1,'y':2},'Next':'B'}",
            "'B':{'Type':'Pass','Assign':{'x':'{% $y %}','y':'{% $x %}'},'Output':'{% $x %}','Next':'C'}",
            "'C':{'Type':'Pass','Output':['{% $states.input %}','{% $x %}','{% $y %}'],'End':true}"),
        "{}",
        "[1,2,1]");
  }

  @Test
  void variableThatWasNotAssignedIsAnError() {
    failsWith(
        machine(
            "A",
            "'A':{'Type':'Pass','Output':'{% $x ? 1 : 2 %}','Next':'B'}",
            "'B':{'Type':'Pass','Assign':{'x':1},'End':true}"),
        "States.QueryEvaluationError");
  }

  @Test
  void variablesMayBeNullListsAndObjects() throws InterruptedException {
    yields(
        machine(
            "A",
            "'A':{'Type':'Pass','Assign':{'n':null,'l':[1,[2]],'o':{'k':null}},'Next':'B'}",
            "'B':{'Type':'Pass','Output':['{% $n = null %}','{% $l %}','{% $o %}'],'End':true}"),
        "{}",
        "[true,[1,[2]],{'k':null}]");
  }

  /// A loop of Choice and Pass: each visit is a new one, of a Map too.
  @Test
  void statesCanBeVisitedAgain() throws InterruptedException {
    yields(
        machine(
            "Init",
            "'Init':{'Type':'Pass','Assign':{'n':0,'all':[]},'Next':'M'}",
            "'M':{'Type':'Map','Items':[10,20],'ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','Output':'{% $states.input + $n %}','End':true}}},'Assign':{'n':'{% $n + 1 %}','all':'{% $append($all, $states.result) %}'},'Next':'C'}",
            "'C':{'Type':'Choice','Choices':[{'Condition':'{% $n < 3 %}','Next':'M'}],'Default':'E'}",
            "'E':{'Type':'Pass','Output':'{% $all %}','End':true}"),
        "{}",
        "[10,20,11,21,12,22]");
  }

  /// "The Map state's result is an array; element n is the output of item n."
  @Test
  void mapGivesTheOutputsInOrder() throws InterruptedException {
    yields(
        machine(
            "M",
            "'M':{'Type':'Map','Items':'{% $states.input.list %}','ItemSelector':{'i':'{% $states.context.Map.Item.Index %}','v':'{% $states.context.Map.Item.Value %}','o':'{% $states.input.other %}'},'ItemProcessor':{'ProcessorConfig':{'Mode':'INLINE'},'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}},'End':true}"),
        "{'list':['a','b'],'other':1}",
        "[{'i':0,'v':'a','o':1},{'i':1,'v':'b','o':1}]");
  }

  @Test
  void mapOfNothingGivesNothing() throws InterruptedException {
    yields(
        machine(
            "M",
            "'M':{'Type':'Map','ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}},'End':true}"),
        "[]",
        "[]");
  }

  @Test
  void mapOfNoListIsAnError() {
    failsWith(
        machine(
            "M",
            "'M':{'Type':'Map','ItemProcessor':{'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}},'End':true}"),
        "States.QueryEvaluationError");
  }

  /// "MaxConcurrency: an upper bound on how many iterations run at the same time."
  @ParameterizedTest
  @CsvSource({"1,1", "3,3", "0,8"})
  void mapRunsSoManyItemsAtATime(int maxConcurrency, int expected) throws InterruptedException {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch together = new CountDownLatch(expected);
    machine.function(
        "Meet",
        _ -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          together.countDown();
          together.await();
          now.decrementAndGet();
          return Json.object();
        });
    machine.run(
        machine(
            "M",
            "'M':{'Type':'Map','Items':[1,2,3,4,5,6,7,8],'MaxConcurrency':%d,'ItemProcessor':{'StartAt':'T','States':{%s}},'End':true}"
                .formatted(maxConcurrency, task("T", "Meet", "'End':true"))),
        "{}");
    assertThat(most.get()).isEqualTo(expected);
  }

  /// "Each branch gets the input, or Arguments; the result is an array with one element per
  /// branch."
  @Test
  void parallelRunsItsBranchesOnTheSameInput() throws InterruptedException {
    yields(
        machine(
            "P",
            "'P':{'Type':'Parallel','Arguments':{'x':'{% $states.input.x + 1 %}'},'Branches':[{'StartAt':'A','States':{'A':{'Type':'Pass','End':true}}},{'StartAt':'B','States':{'B':{'Type':'Pass','Output':'{% $states.input.x * 10 %}','End':true}}}],'Output':{'r':'{% $states.result %}'},'End':true}"),
        "{'x':1}",
        "{'r':[{'x':2},20]}");
  }

  /// "Inner machines can read variables of outer ones"; their own end with them.
  @Test
  void innerMachinesSeeOuterVariables() throws InterruptedException {
    yields(
        machine(
            "A",
            "'A':{'Type':'Pass','Assign':{'x':5},'Next':'P'}",
            "'P':{'Type':'Parallel','Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass','Assign':{'y':'{% $x + 1 %}'},'Next':'C'},'C':{'Type':'Pass','Output':'{% $y %}','End':true}}}],'End':true}"),
        "{}",
        "[6]");
  }

  @Test
  void contextNamesExecutionAndState() throws InterruptedException {
    yields(
        machine(
            "Where",
            "'Where':{'Type':'Pass','Output':['{% $states.context.Execution.Name %}','{% $states.context.State.Name %}','{% $states.context.Execution.Input.a %}'],'End':true}"),
        "{'a':1}",
        "['one','Where',1]");
  }
}
