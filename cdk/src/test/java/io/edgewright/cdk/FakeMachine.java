package io.edgewright.cdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Runs nothing and remembers what it was to run. Where `cdk` synthesises, it writes a small
/// template.
final class FakeMachine implements Machine {
  private static final String TEMPLATE =
      """
      {"Resources": {
        "Root": {"Type": "AWS::KMS::Key"},
        "Records": {"Type": "AWS::DynamoDB::Table"},
        "Policy": {"Type": "AWS::IAM::Policy"}}}
      """;

  /// A program that was run, by the words after its name.
  record Run(List<String> words, Map<String, String> environment) {
    String verb() {
      return words.getFirst();
    }
  }

  private final List<Run> runs = new ArrayList<>();
  private final Map<String, Integer> statuses = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private Set<String> working = Set.of("docker");

  FakeMachine withEngines(String... programs) {
    working = Set.of(programs);
    return this;
  }

  FakeMachine withVariable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /// That verb of `cdk` ends so.
  FakeMachine failing(String verb, int status) {
    statuses.put(verb, status);
    return this;
  }

  List<String> verbs() {
    return runs.stream().map(Run::verb).toList();
  }

  Run run(String verb) {
    return runs.stream().filter(run -> run.verb().equals(verb)).findFirst().orElseThrow();
  }

  @Override
  public int run(List<String> command, Path folder, Map<String, String> environment)
      throws IOException {
    List<String> words = command.subList(1, command.size());
    runs.add(new Run(words, environment));
    int output = words.indexOf("--output");
    if (output >= 0) {
      Path assembly = Files.createDirectories(Path.of(words.get(output + 1)));
      Files.writeString(assembly.resolve("Edgewright.template.json"), TEMPLATE);
    }
    return statuses.getOrDefault(words.getFirst(), 0);
  }

  @Override
  public boolean works(List<String> command) {
    return working.contains(command.getFirst());
  }

  @Override
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }
}
