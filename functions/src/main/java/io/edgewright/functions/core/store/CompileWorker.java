package io.edgewright.functions.core.store;

import io.edgewright.functions.core.ServiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Runs the compiler somewhere a hostile model can do no harm.
public interface CompileWorker {
  /// @return the bundle, a file below the job's folder
  /// @throws ServiceException with the compiler's problems, or because a limit was reached
  /// @throws InterruptedException when the workflow was stopped; nothing is left running
  Path compile(Job job, Consumer<String> stages) throws IOException, InterruptedException;

  /// @param compilation for logs
  /// @param folder an empty folder of the job's own
  /// @param model the ONNX file, which is not written to
  record Job(String compilation, String target, Path folder, Path model, Path manifest) {}
}
