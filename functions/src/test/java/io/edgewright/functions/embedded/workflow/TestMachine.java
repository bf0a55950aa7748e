package io.edgewright.functions.embedded.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.workflow.Step;
import io.edgewright.functions.embedded.store.Database;
import io.edgewright.functions.embedded.workflow.Journal.Execution;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs small machines on a journal of their own. Functions are called `${NAME}` and written in
/// Java; waits are noted and take no time.
final class TestMachine implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  final Database database;
  private final Map<String, Step> steps = new HashMap<>();
  private Clock clock = Clock.fixed(START, java.time.ZoneOffset.UTC);
  private Pause pause = waits::add;

  TestMachine(Path folder) {
    database = new Database(folder.resolve("journal.db"));
  }

  TestMachine function(String name, Step step) {
    steps.put("${" + name + "}", step);
    return this;
  }

  TestMachine clock(Clock other) {
    clock = other;
    return this;
  }

  TestMachine pause(Pause other) {
    pause = other;
    return this;
  }

  /// A machine of these states, written with `'` in place of `"`.
  static String machine(String startAt, String... states) {
    return "{'QueryLanguage':'JSONata','StartAt':'%s','States':{%s}}"
        .formatted(startAt, String.join(",", states));
  }

  static String task(String name, String function, String more) {
    return "'%s':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','Arguments':{'FunctionName':'${%s}','Payload':'{%% $states.input %%}'},'Output':'{%% $states.result.Payload %%}',%s}"
        .formatted(name, function, more);
  }

  static JsonNode json(String text) {
    return Json.trusted(text.replace('\'', '"'));
  }

  Machine read(String machine) {
    return AslReader.read(json(machine), steps.keySet());
  }

  Journal journal() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Journal(database, new EventLog(nowhere, clock), clock);
  }

  /// Its output.
  JsonNode run(String machine, String input) throws InterruptedException {
    return run(machine, input, "one");
  }

  /// An execution of the same name goes on where it was.
  JsonNode run(String machine, String input, String name) throws InterruptedException {
    Execution execution = new Execution(name, json(input), START);
    Journal journal = journal();
    journal.create(execution);
    return new Runner(journal, execution, steps, pause).run(read(machine));
  }

  /// What a function answers: `{'NAME': VALUE}`.
  static ObjectNode answer(String name, JsonNode value) {
    ObjectNode answer = Json.object();
    answer.set(name, value);
    return answer;
  }

  @Override
  public void close() {
    database.close();
  }
}
