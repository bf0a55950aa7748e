package io.edgewright.compiler.schedule.loops;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Names for the variables of one function. A block's names are free again behind its end, so that
/// loops that follow each other read alike; a name never hides another.
final class Names {
  private record Name(String prefix, int number) {
    String text() {
      return number == 0 ? prefix : prefix + number;
    }
  }

  private final Set<String> taken;
  private final Map<String, Integer> next = new HashMap<>();
  private final Deque<List<Name>> blocks = new ArrayDeque<>();

  Names(Set<String> reserved) {
    this.taken = new HashSet<>(reserved);
    open();
  }

  /// The prefix, with a number behind it where it is taken.
  String free(String prefix) {
    int number = next.getOrDefault(prefix, 0);
    while (!taken.add(new Name(prefix, number).text())) {
      number++;
    }
    next.put(prefix, number + 1);
    blocks.element().add(new Name(prefix, number));
    return new Name(prefix, number).text();
  }

  void open() {
    blocks.push(new ArrayList<>());
  }

  void close() {
    for (Name name : blocks.pop()) {
      taken.remove(name.text());
      next.merge(name.prefix(), name.number(), Math::min);
    }
  }
}
