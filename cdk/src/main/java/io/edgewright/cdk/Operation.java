package io.edgewright.cdk;

import io.edgewright.functions.core.store.KeyRole;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The arguments of `./edgewright deploy` and `./edgewright destroy`.
///
/// @param region empty: that of the credentials' profile
/// @param flags those that were given
/// @param keys empty: the stack makes its own
/// @param rotated the role that is to have a new key
record Operation(
    Optional<String> region,
    Set<String> flags,
    Optional<AdoptedKeys> keys,
    Optional<KeyRole> rotated) {
  static final String YES = "--yes";
  static final String PLAN = "--plan";
  static final String ADOPT = "--adopt";
  static final String KEYS = "--keys";
  static final String ROTATE = "--rotate";
  static final String DELETE_DATA = "--delete-data";
  private static final String REGION = "--region";
  private static final int REFUSED = 1;
  private static final int USAGE = 2;

  Operation {
    flags = Set.copyOf(flags);
  }

  /// What somebody asked for in a way that cannot be done; the text says what to do.
  static final class Refusal extends Exception {
    Refusal(String message) {
      super(message);
    }
  }

  /// What reads the arguments, and may refuse them.
  interface Reading {
    Operation read() throws Refusal;
  }

  /// What does as they say.
  interface Doing {
    /// @return the exit status
    int run(Operation operation) throws IOException, Refusal;
  }

  /// @return the exit status
  static int run(String verb, Terminal terminal, Reading reading, Doing doing) throws IOException {
    int refused = USAGE;
    try {
      Operation operation = reading.read();
      refused = REFUSED;
      return doing.run(operation);
    } catch (Refusal refusal) {
      terminal.err().println(verb + ": " + refusal.getMessage());
      return refused;
    }
  }

  /// @param allowed what may be said besides the region
  static Operation read(List<String> arguments, Set<String> allowed) throws Refusal {
    Set<String> given = new HashSet<>();
    Optional<AdoptedKeys> keys = Optional.empty();
    Optional<String> region = Optional.empty();
    Optional<KeyRole> rotated = Optional.empty();
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals(REGION)) {
        region = Optional.of(value(argument, rest));
      } else if (!allowed.contains(argument)) {
        throw new Refusal(
            "unknown argument `%s`; allowed are %s REGION %s"
                .formatted(argument, REGION, String.join(" ", new TreeSet<>(allowed))));
      } else if (argument.equals(KEYS)) {
        keys = Optional.of(AdoptedKeys.read(value(argument, rest)));
      } else if (argument.equals(ROTATE)) {
        rotated = Optional.of(role(value(argument, rest)));
      } else {
        given.add(argument);
      }
    }
    return new Operation(region, given, keys, rotated);
  }

  private static KeyRole role(String word) throws Refusal {
    return Stream.of(KeyRole.values())
        .filter(role -> role.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                "`--rotate`: there is no role `%s`, there are %s"
                    .formatted(word, Stream.of(KeyRole.values()).map(KeyRole::word).toList())));
  }

  private static String value(String name, Iterator<String> rest) throws Refusal {
    if (!rest.hasNext()) {
      throw new Refusal("`" + name + "` needs a value");
    }
    return rest.next();
  }

  /// Whether to say what would be done and do nothing.
  boolean onlyPlan() {
    return flags.contains(PLAN);
  }

  /// Whether nobody is to be asked.
  boolean isSure() {
    return flags.contains(YES);
  }

  /// Whether tables and buckets of an earlier stack are taken over.
  boolean adopts() {
    return flags.contains(ADOPT);
  }

  /// Whether data goes with the stack.
  boolean deletesData() {
    return flags.contains(DELETE_DATA);
  }
}
