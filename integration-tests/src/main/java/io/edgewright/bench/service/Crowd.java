package io.edgewright.bench.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many who do something, so many at a time.
final class Crowd {
  private Crowd() {}

  /// What each came to, in order.
  ///
  /// @throws IllegalStateException when one of them failed, after all are done
  static <T> List<T> each(List<Callable<T>> members, int atATime) throws InterruptedException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(atATime, Thread.ofVirtual().factory())) {
      List<T> results = new ArrayList<>();
      List<Throwable> failures = new ArrayList<>();
      for (Future<T> member : threads.invokeAll(members)) {
        try {
          results.add(member.get());
        } catch (ExecutionException e) {
          failures.add(e.getCause());
        }
      }
      if (!failures.isEmpty()) {
        throw new IllegalStateException(
            failures.size() + " of " + members.size() + " failed, the first by this",
            failures.getFirst());
      }
      return results;
    }
  }
}
