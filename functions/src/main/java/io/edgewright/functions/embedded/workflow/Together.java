package io.edgewright.functions.embedded.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Work in threads of its own that is over, all of it, when the call returns: done, failed,
/// interrupted or out of time.
final class Together {
  private Together() {}

  /// All results in order. The first that fails ends the others, as Step Functions does.
  ///
  /// @throws WorkflowException the error of the first that failed
  static <T> List<T> all(List<Callable<T>> works) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        ExecutorCompletionService<T> ends = new ExecutorCompletionService<>(threads);
        List<Future<T>> results = new ArrayList<>();
        works.forEach(work -> results.add(ends.submit(work)));
        for (int i = 0; i < works.size(); i++) {
          result(ends.take());
        }
        return results.stream().map(Future::resultNow).toList();
      } finally {
        threads.shutdownNow();
      }
    }
  }

  /// @throws WorkflowException `States.Timeout` when it takes longer, or its own
  static <T> T within(Duration limit, Callable<T> work) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        Future<T> result = threads.submit(work);
        result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        return result(result);
      } catch (ExecutionException e) {
        throw unwrapped(e);
      } catch (TimeoutException _) {
        throw new WorkflowException(
            ErrorNames.TIMEOUT, "no end within " + limit.toSeconds() + " seconds");
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static <T> T result(Future<T> ended) throws InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) throws InterruptedException {
    return switch (e.getCause()) {
      case InterruptedException stopped -> throw stopped;
      case RuntimeException failed -> failed;
      case Error broken -> throw broken;
      case null, default -> new IllegalStateException(e.getCause());
    };
  }
}
