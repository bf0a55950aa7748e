package io.edgewright.functions.aws.lambda;

import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.workflow.CompileStep;
import io.edgewright.functions.core.workflow.Progress;
import io.edgewright.functions.core.workflow.Step;
import io.edgewright.functions.core.workflow.VerifyStep;
import io.edgewright.functions.worker.ChildProcess.Limits;
import io.edgewright.functions.worker.CompilerCommand;
import io.edgewright.functions.worker.LocalCompileWorker;
import io.edgewright.functions.worker.LocalSelfTest;
import java.time.Duration;

/// The two steps that run programs. They have the bucket and nothing else.
final class Workers {
  private static final long MOST_FILE_BYTES = 2L << 30;

  private Workers() {}

  static Step compile(Assembly assembly, Duration time) {
    Settings settings = assembly.settings();
    long memory = settings.memoryBytes();
    // The compiler's own JVM, and as much for clang below it.
    LocalCompileWorker worker =
        new LocalCompileWorker(
            CompilerCommand.standard(memory / 2),
            new Limits(time, memory, MOST_FILE_BYTES),
            settings.toolchain(),
            1,
            assembly.log());
    return new CompileStep(assembly.objects(), worker, logged(assembly), settings.work());
  }

  static Step verify(Assembly assembly) {
    return new VerifyStep(
        assembly.objects(), new LocalSelfTest(), logged(assembly), assembly.settings().work());
  }

  private static Progress logged(Assembly assembly) {
    return (task, stage) ->
        assembly
            .log()
            .write(
                "stage",
                Json.object()
                    .put("compilation", task.compilation())
                    .put("attempt", task.attempt())
                    .put("target", task.target())
                    .put("stage", stage));
  }
}
