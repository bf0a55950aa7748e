package io.edgewright.cost;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `./edgewright cost`: prints what the service costs; `--update` writes `docs/cost.md`.
public final class Cost {
  private Cost() {}

  public static void main(String[] arguments) throws IOException {
    List<String> options = List.of(arguments);
    if (options.equals(List.of("--update"))) {
      Path project = Path.of(System.getProperty("edgewright.project", "."));
      Files.writeString(project.resolve("docs/cost.md"), CostReport.markdown());
    } else if (options.isEmpty()) {
      new PrintStream(System.out, true, StandardCharsets.UTF_8).print(CostReport.markdown());
    } else {
      System.err.println("usage: ./edgewright cost [--update]");
      System.exit(2);
    }
  }
}
