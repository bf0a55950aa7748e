package io.edgewright.compiler.diagnostics;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// "Did you mean": the known names closest to one that is not known.
public final class NearMatches {
  private static final int MOST_SHOWN = 3;

  private NearMatches() {}

  /// The known names at most a third of whose letters differ, nearest first.
  public static List<String> of(String unknown, Collection<String> known) {
    record Candidate(String name, int distance) {}
    return known.stream()
        .map(name -> new Candidate(name, distance(unknown, name)))
        .filter(candidate -> candidate.distance() * 3 <= candidate.name().length())
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(MOST_SHOWN)
        .map(Candidate::name)
        .toList();
  }

  /// The hint of a problem: a guess where there is one, else `otherwise`.
  public static String hint(String unknown, Collection<String> known, String otherwise) {
    List<String> near = of(unknown, known);
    return near.isEmpty()
        ? otherwise
        : "did you mean "
            + near.stream().map(name -> "`" + name + "`").collect(Collectors.joining(" or "));
  }

  /// Levenshtein's edit distance, ignoring case. Long names are cut: they come from strangers.
  private static int distance(String first, String second) {
    String a = comparable(first);
    String b = comparable(second);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String comparable(String name) {
    return name.substring(0, Math.min(name.length(), 100)).toLowerCase(Locale.ROOT);
  }
}
