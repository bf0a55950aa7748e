package io.edgewright.functions.embedded;

import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.StorageFault;
import java.io.IOException;
import java.util.Optional;

/// How programs of the embedded service end: 2 where the caller can mend it, 1 where the disk is at
/// fault.
final class CommandLine {
  private CommandLine() {}

  interface Program {
    void run() throws IOException, InterruptedException;
  }

  static void run(String usage, Program program) throws IOException, InterruptedException {
    try {
      program.run();
    } catch (ServiceException e) {
      System.err.println(e.getMessage());
      System.err.println(usage);
      System.exit(2);
    } catch (IOException | RuntimeException e) {
      Optional<ServiceProblem> known = StorageFault.in(e);
      if (known.isEmpty()) {
        throw e;
      }
      System.err.println(known.get().sentence());
      System.exit(1);
    }
  }
}
