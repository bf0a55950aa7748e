package io.edgewright.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that ran to its end.
 *
 * @param status its exit status
 * @param output what it wrote to stdout
 * @param errors what it wrote to stderr
 */
public record ProgramRun(int status, String output, String errors) {
  public static ProgramRun of(String... command) throws IOException, InterruptedException {
    return of(new ProcessBuilder(command));
  }

  /** With nothing on its stdin. */
  public static ProgramRun of(ProcessBuilder builder) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("errors", ".txt");
    try {
      Process process = builder.redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new ProgramRun(process.waitFor(), output, Files.readString(errors));
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  /** The line of stderr that says what was wrong: the last. */
  public String lastError() {
    return errors.lines().reduce("", (before, line) -> line.isBlank() ? before : line);
  }
}
