package io.edgewright.functions.embedded.workflow;

import static io.edgewright.functions.embedded.workflow.TestMachine.json;
import static io.edgewright.functions.embedded.workflow.TestMachine.machine;
import static io.edgewright.functions.embedded.workflow.TestMachine.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is not supported is refused when the file is read, with where and what.
class AslReaderTest {
  private static final String OPEN =
      "{'QueryLanguage':'JSONata','StartAt':'A','States':{'A':{'Type':'Pass','End':true}}";

  private static Arguments refused(String asl, String... words) {
    return Arguments.of(asl, List.of(words));
  }

  private static Arguments state(String state, String... words) {
    return refused(machine("A", "'A':" + state), words);
  }

  private static Arguments field(String field, String... words) {
    return refused(machine("A", task("A", "F", field + ",'End':true")), words);
  }

  static Stream<Arguments> machines() {
    return Stream.of(
        refused(OPEN.replace("JSONata", "JSONPath") + "}", "the state machine", "`QueryLanguage`"),
        refused(OPEN + ",'Version':'2.0'}", "`Version`", "1.0"),
        refused(OPEN + ",'TimeoutSeconds':0}", "`TimeoutSeconds` is 0"),
        refused(OPEN + ",'Assign':{}}", "the field `Assign`"),
        refused(OPEN.replace("'StartAt':'A'", "'StartAt':'B'") + "}", "a transition to [B]"),
        refused("{'QueryLanguage':'JSONata','StartAt':'A'}", "no `States`"),
        refused(
            machine("A", "'A':{'Type':'Pass','Next':'B'}"),
            "the state machine",
            "transition to [B]"),
        refused(machine("a/b", "'a/b':{'Type':'Pass','End':true}"), "state `a/b`", "a `/`"),
        refused(
            machine(
                "A",
                "'A':{'Type':'Parallel','Branches':[{'StartAt':'A','States':{'A':{'Type':'Pass','End':true}}}],'End':true}"),
            "state `A`",
            "a second state of this name"));
  }

  static Stream<Arguments> states() {
    return Stream.of(
        state("{'Type':'Loop'}", "state `A`", "`Type` is \"Loop\""),
        state("[]", "state `A`", "no object"),
        state("{'Type':'Pass'}", "not exactly one of `Next` and `End`"),
        state("{'Type':'Pass','Next':'A','End':true}", "not exactly one of `Next` and `End`"),
        state("{'Type':'Pass','End':'true'}", "`End`", "true or false"),
        state("{'Type':'Pass','Result':1,'End':true}", "the field `Result`"),
        state("{'Type':'Pass','InputPath':'$','End':true}", "the field `InputPath`"),
        state("{'Type':'Pass','QueryLanguage':'JSONPath','End':true}", "`QueryLanguage`"),
        state("{'Type':'Succeed','End':true}", "the field `End`"),
        state("{'Type':'Fail','Next':'A'}", "the field `Next`"),
        state("{'Type':'Wait','End':true}", "not exactly one of `Seconds` and `Timestamp`"),
        state("{'Type':'Wait','SecondsPath':'$.s','End':true}", "not exactly one"),
        state("{'Type':'Choice','Choices':[]}", "nothing in `Choices`"),
        state("{'Type':'Choice','Choices':[{'Next':'A'}]}", "`Choices` 0", "no `Condition`"),
        state("{'Type':'Choice','Choices':[{'Condition':'$x','Next':'A'}]}", "an expression"),
        state(
            "{'Type':'Choice','Choices':[{'Variable':'$.x','Condition':true,'Next':'A'}]}",
            "`Choices` 0",
            "`Variable`"),
        state("{'Type':'Choice','Choices':[{'Condition':true,'Next':'A'}],'Next':'A'}", "`Next`"),
        state("{'Type':'Parallel','Branches':[],'End':true}", "nothing in `Branches`"),
        map("'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED'},%s}", "`Mode`", "INLINE"),
        map("'ItemProcessor':{%s},'ToleratedFailureCount':1", "`ToleratedFailureCount`"),
        map("'ItemProcessor':{%s},'ItemBatcher':{}", "`ItemBatcher`"),
        map("'ItemProcessor':{%s},'ItemReader':{}", "`ItemReader`"),
        map("'ItemProcessor':{%s},'MaxConcurrency':'{%% 2 %%}'", "`MaxConcurrency`"),
        map("'Iterator':{%s}", "no `ItemProcessor`"));
  }

  private static Arguments map(String fields, String... words) {
    String item = "'StartAt':'I','States':{'I':{'Type':'Pass','End':true}}";
    return state("{'Type':'Map'," + fields.formatted(item) + ",'End':true}", words);
  }

  static Stream<Arguments> tasks() {
    return Stream.of(
        refused(machine("A", task("A", "G", "'End':true")), "`FunctionName` is \"${G}\""),
        refused(
            machine("A", task("A", "F", "'End':true").replace("lambda:invoke", "sqs:sendMessage")),
            "`Resource`"),
        refused(
            machine("A", task("A", "F", "'End':true").replace("'Payload':", "'Qualifier':")),
            "no `Payload`"),
        field("'HeartbeatSeconds':1", "`HeartbeatSeconds`"),
        field("'Credentials':{}", "`Credentials`"),
        field("'TimeoutSeconds':'{% 3 %}'", "`TimeoutSeconds`"),
        field("'ResultSelector':{}", "`ResultSelector`"),
        field("'Retry':{}", "`Retry`", "a list"),
        field("'Retry':[{}]", "`Retry` 0", "nothing in `ErrorEquals`"),
        field("'Retry':[{'ErrorEquals':[1]}]", "a list of texts"),
        field("'Retry':[{'ErrorEquals':['A'],'IntervalSeconds':0}]", "`IntervalSeconds` is 0"),
        field("'Retry':[{'ErrorEquals':['A'],'MaxAttempts':-1}]", "`MaxAttempts` is -1"),
        field("'Retry':[{'ErrorEquals':['A'],'BackoffRate':0.5}]", "`BackoffRate` is 0.5"),
        field(
            "'Retry':[{'ErrorEquals':['A'],'IntervalSeconds':9,'MaxDelaySeconds':9}]", "`MaxDelay"),
        field("'Retry':[{'ErrorEquals':['A'],'JitterStrategy':'HALF'}]", "`JitterStrategy`"),
        field("'Retry':[{'ErrorEquals':['A'],'Tries':1}]", "the field `Tries`"),
        field("'Retry':[{'ErrorEquals':['States.ALL']},{'ErrorEquals':['A']}]", "last place"),
        field("'Retry':[{'ErrorEquals':['A','States.ALL']}]", "not alone"),
        field(
            "'Catch':[{'ErrorEquals':['States.Permissions'],'Next':'A'}]", "`States.Permissions`"),
        field("'Catch':[{'ErrorEquals':['A']}]", "`Catch` 0", "no text `Next`"),
        field("'Catch':[{'ErrorEquals':['A'],'Next':'A','ResultPath':'$'}]", "`ResultPath`"));
  }

  private static Arguments output(String expression, String... words) {
    return state("{'Type':'Pass','Output':'" + expression + "','End':true}", words);
  }

  static Stream<Arguments> expressions() {
    return Stream.of(
        output("{% 1 + %}", "state `A`", "in `Output`", "1 +"),
        output("{% 1", "begins with `{%` and ends with `%}`"),
        output(" {% 1 %}", "no space around"),
        output("{% $x %}", "`$x`"),
        output("{% $eval(\\\"1\\\") %}", "`$eval`"),
        output("{% $random() %}", "`$random`"),
        output("{% $uuid() %}", "`$uuid`"),
        output("{% $states.result %}", "`$states.result`", "there is here: ["),
        output("{% $states.errorOutput %}", "`$states.errorOutput`"),
        output("{% $states %}", "`$states.`"),
        output("{% $states.context.Execution.RoleArn %}", "`Execution.RoleArn` of the context"),
        output("{% $states.context.Map.Item.Value %}", "inside of a Map"),
        state("{'Type':'Pass','Assign':{'states':1},'End':true}", "an assignment to `states`"),
        refused(
            machine(
                "A",
                "'A':{'Type':'Pass','Assign':{'x':1},'Next':'P'}",
                "'P':{'Type':'Parallel','Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass','Assign':{'x':2},'End':true}}}],'End':true}"),
            "state `B`",
            "an assignment to `x`"),
        refused(
            machine(
                "P",
                "'P':{'Type':'Parallel','Branches':[{'StartAt':'B','States':{'B':{'Type':'Pass','Assign':{'x':2},'End':true}}}],'Next':'A'}",
                "'A':{'Type':'Pass','Output':'{% $x %}','End':true}"),
            "`$x`"));
  }

  @ParameterizedTest
  @MethodSource({"machines", "states", "tasks", "expressions"})
  void refuses(String asl, List<String> words) {
    assertThatThrownBy(() -> AslReader.read(json(asl), Set.of("${F}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("compile.asl.json, ")
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  static Stream<String> accepts() {
    return Stream.of(
        "{% ($x := 1; $x + $sum([1,2])) %}",
        "{% $map([1], function($v, $i) { $v + $i }) %}",
        "{% \\\"$nothing\\\" & `$nothing` %}",
        "{% /* $nothing */ $states . input . a %}",
        "$states.result");
  }

  @ParameterizedTest
  @MethodSource
  void accepts(String output) {
    String asl = machine("A", "'A':{'Type':'Pass','Output':'" + output + "','End':true}");
    assertThat(AslReader.read(json(asl), Set.of()).states()).containsOnlyKeys("A");
  }
}
