package io.edgewright.bench.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much load.
///
/// @param submissions requests for compilations, of which so many are distinct
/// @param clients that submit, and connections of devices, at the same time
/// @param seed of everything that happens by chance
public record ServiceBenchOptions(
    int submissions, int distinct, int clients, int devices, long seed) {
  static final String USAGE =
      "usage: bench service [--quick] [--submissions N] [--distinct N] [--clients N]"
          + " [--devices N] [--seed N]";

  public ServiceBenchOptions {
    if (distinct < 1 || submissions < distinct || clients < 1 || devices < 0) {
      throw new IllegalArgumentException(
          "at least one client, and as many submissions as distinct ones\n" + USAGE);
    }
  }

  /// @throws IllegalArgumentException when an argument is wrong
  public static ServiceBenchOptions parse(List<String> arguments) {
    Deque<String> left = new ArrayDeque<>(arguments);
    ServiceBenchOptions options = new ServiceBenchOptions(1000, 200, 50, 10_000, System.nanoTime());
    while (!left.isEmpty()) {
      String option = left.remove();
      options =
          option.equals("--quick")
              ? new ServiceBenchOptions(50, 10, 10, 200, options.seed())
              : options.with(option, number(option, left.poll()));
    }
    return options;
  }

  private ServiceBenchOptions with(String option, long value) {
    int count = (int) Math.min(value, Integer.MAX_VALUE);
    return switch (option) {
      case "--submissions" ->
          new ServiceBenchOptions(count, Math.min(distinct, count), clients, devices, seed);
      case "--distinct" -> new ServiceBenchOptions(submissions, count, clients, devices, seed);
      case "--clients" -> new ServiceBenchOptions(submissions, distinct, count, devices, seed);
      case "--devices" -> new ServiceBenchOptions(submissions, distinct, clients, count, seed);
      case "--seed" -> new ServiceBenchOptions(submissions, distinct, clients, devices, value);
      default -> throw new IllegalArgumentException("unknown option " + option + "\n" + USAGE);
    };
  }

  private static long number(String option, @Nullable String value) {
    if (value == null || !value.matches("\\d{1,18}")) {
      throw new IllegalArgumentException(option + " needs a number\n" + USAGE);
    }
    return Long.parseLong(value);
  }
}
