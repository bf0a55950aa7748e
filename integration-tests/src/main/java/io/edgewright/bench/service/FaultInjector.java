package io.edgewright.bench.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// Faults from outside, one after the other, so many of a kind, until it is stopped.
final class FaultInjector {
  private static final int LONGEST_PAUSE_MILLIS = 4000;
  private static final int FAULT_MILLIS = 300;

  private final BenchedService service;
  private final Random random;
  private final int most;
  private final AtomicInteger crashes = new AtomicInteger();
  private final AtomicInteger storeFaults = new AtomicInteger();
  private final AtomicInteger locks = new AtomicInteger();
  private final Thread thread;
  private volatile boolean stopped;

  /// @param most of each kind: on a slow machine a compiler must live to the end of its work at
  ///   last
  FaultInjector(BenchedService service, long seed, int most) {
    this.service = service;
    this.most = most;
    this.random = new Random(seed);
    this.thread = Thread.ofPlatform().name("faults").start(this::run);
  }

  /// @param compilerCrashes compilers that were made to crash
  /// @param storeFaults times in which nothing could be stored under `staging`
  /// @param databaseLocks times in which somebody else held the database
  record Counts(int compilerCrashes, int storeFaults, int databaseLocks) {}

  Counts counts() {
    return new Counts(crashes.get(), storeFaults.get(), locks.get());
  }

  private void run() {
    try {
      while (!stopped) {
        int kind = random.nextInt(3);
        if (kind == 0 && crashes.get() < most) {
          crashACompiler();
        } else if (kind == 1 && storeFaults.get() < most) {
          failTheStore();
        } else if (kind == 2 && locks.get() < most) {
          lockTheDatabase();
        }
        Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
      }
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("a fault cannot be injected", e);
    } catch (InterruptedException _) {
      // Stopped.
    }
  }

  /// As after a wild pointer: by a signal that says so.
  private void crashACompiler() throws IOException, InterruptedException {
    List<ProcessHandle> compilers = service.compilers().toList();
    if (!compilers.isEmpty()) {
      long pid = compilers.get(random.nextInt(compilers.size())).pid();
      int done = new ProcessBuilder("kill", "-ABRT", Long.toString(pid)).start().waitFor();
      crashes.addAndGet(done == 0 ? 1 : 0);
    }
  }

  /// A file is where a folder should be.
  private void failTheStore() throws IOException, InterruptedException {
    Path staging = service.data().resolve("objects/staging");
    Path away = service.data().resolve("staging.away");
    if (Files.isDirectory(staging)) {
      Files.move(staging, away);
      Files.createFile(staging);
      try {
        Thread.sleep(FAULT_MILLIS);
      } finally {
        Files.delete(staging);
        Files.move(away, staging);
      }
      storeFaults.incrementAndGet();
    }
  }

  private void lockTheDatabase() throws SQLException, InterruptedException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + service.data().resolve("service.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Thread.sleep(FAULT_MILLIS);
      statement.execute("ROLLBACK");
      locks.incrementAndGet();
    }
  }

  /// Returns when the last fault is over.
  void stop() throws InterruptedException {
    stopped = true;
    thread.interrupt();
    thread.join();
  }
}
