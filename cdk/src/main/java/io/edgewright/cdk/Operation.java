package io.edgewright.cdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The arguments of `./edgewright deploy` and `./edgewright destroy`.
///
/// @param region empty: that of the credentials' profile
/// @param isSure whether nobody is to be asked
/// @param onlyPlan whether to say what would be done and do nothing
/// @param deletesData whether data goes with the stack
/// @param adopts whether tables and buckets of an earlier stack are taken over
/// @param context for the synthesis, as `name=value`
record Operation(
    Optional<String> region,
    boolean isSure,
    boolean onlyPlan,
    boolean deletesData,
    boolean adopts,
    List<String> context) {
  Operation {
    context = List.copyOf(context);
  }

  /// What somebody asked for in a way that cannot be done; the text says what to do.
  static final class Refusal extends Exception {
    Refusal(String message) {
      super(message);
    }
  }

  static Operation read(List<String> arguments, Set<String> flags) throws Refusal {
    Set<String> given = new HashSet<>();
    List<String> context = new ArrayList<>();
    Optional<String> region = Optional.empty();
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals("--region")) {
        region = Optional.of(value(argument, rest));
      } else if (argument.equals("--keys") && flags.contains(argument)) {
        context.add("keys=" + value(argument, rest));
      } else if (flags.contains(argument)) {
        given.add(argument);
      } else {
        throw new Refusal(
            "unknown argument `" + argument + "`; allowed are --region REGION " + flags);
      }
    }
    return new Operation(
        region,
        given.contains("--yes"),
        given.contains("--plan"),
        given.contains("--delete-data"),
        given.contains("--adopt"),
        context);
  }

  private static String value(String name, Iterator<String> rest) throws Refusal {
    if (!rest.hasNext()) {
      throw new Refusal("`" + name + "` needs a value");
    }
    return rest.next();
  }

  /// @return whether somebody at the terminal agrees, or did so beforehand
  boolean isAgreed(String question) throws IOException {
    if (isSure) {
      return true;
    }
    System.out.print(question + " [y/N] ");
    System.out.flush();
    int first = System.in.read();
    return first == 'y' || first == 'Y';
  }
}
