package io.edgewright.functions.worker;

import io.edgewright.compiler.target.HostProcessor;
import io.edgewright.functions.core.store.Artifact.Verification;
import io.edgewright.functions.core.store.SelfTest;
import io.edgewright.functions.worker.ChildProcess.Limits;
import io.edgewright.functions.worker.ChildProcess.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs a bundle's own golden test, natively where the processor is of the right kind, else under
/// `qemu-user` where that is installed.
public final class LocalSelfTest implements SelfTest {
  private static final Limits LIMITS = new Limits(Duration.ofMinutes(5), 4L << 30, 1 << 20);

  @Override
  public Outcome run(Path folder, String triple, List<String> features)
      throws IOException, InterruptedException {
    String architecture = triple.substring(0, Math.max(0, triple.indexOf('-')));
    if (!triple.contains("linux") || !System.getProperty("os.name", "").equals("Linux")) {
      return new Outcome.Skipped("this machine does not run " + triple);
    }
    HostProcessor own = HostProcessor.read();
    if (architecture.equals(own.architecture()) && own.features().containsAll(features)) {
      return run(folder, List.of(), Verification.NATIVE);
    }
    Optional<List<String>> emulator = Emulator.of(triple, features);
    return emulator.isPresent()
        ? run(folder, emulator.get(), Verification.EMULATED)
        : new Outcome.Skipped("no processor and no emulator for " + triple);
  }

  private static Outcome run(Path folder, List<String> emulator, Verification how)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(emulator);
    command.add(folder.resolve("model").toString());
    command.add("--self-test");
    StringBuilder said = new StringBuilder();
    Result result =
        new ChildProcess(command, folder, LIMITS, Map.of())
            .run(line -> said.append(line, 0, Math.min(line.length(), 400)).append(' '));
    if (result.exit() == 0) {
      return new Outcome.Passed(how);
    }
    String output = result.output().strip();
    return new Outcome.Failed(
        (result.timedOut() ? "no end within " + LIMITS.time() : "exit status " + result.exit())
            + (output + " " + said).strip().replaceFirst("^(?=.)", ": "));
  }
}
