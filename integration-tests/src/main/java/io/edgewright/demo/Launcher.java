package io.edgewright.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `./edgewright VERB` as a child process: the demo goes through the same door as its users.
public record Launcher(Path project) {

  /// What a finished child left.
  public record Finished(int status, String output, String errors) {
    List<String> outputLines() {
      return output.lines().toList();
    }
  }

  /// A child that has not started yet. What was built is trusted: this program came of it.
  public ProcessBuilder command(List<String> verbAndArguments) {
    var words = new ArrayList<String>();
    words.add(project.resolve("edgewright").toString());
    words.addAll(verbAndArguments);
    var builder = new ProcessBuilder(words);
    builder.environment().put("EDGEWRIGHT_BUILT", "1");
    return builder;
  }

  /// Runs a verb to its end with nothing on its standard input.
  public Finished run(List<String> verbAndArguments) throws IOException, InterruptedException {
    return run(command(verbAndArguments), new byte[0]);
  }

  /// Runs a program to its end with `input` on its standard input.
  static Finished run(ProcessBuilder builder, byte[] input)
      throws IOException, InterruptedException {
    Path stdin = Files.createTempFile("edgewright-demo", ".in");
    Path errors = Files.createTempFile("edgewright-demo", ".err");
    try {
      Files.write(stdin, input);
      builder.redirectInput(stdin.toFile()).redirectError(Redirect.to(errors.toFile()));
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Finished(process.waitFor(), output, Files.readString(errors));
    } finally {
      Files.delete(stdin);
      Files.delete(errors);
    }
  }
}
