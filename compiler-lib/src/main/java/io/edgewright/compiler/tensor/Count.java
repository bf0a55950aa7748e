package io.edgewright.compiler.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// A whole number that is known only when the program runs, as a sum of products of named numbers:
/// `2 * batch * length + 1`. Two counts that are always equal are equal objects.
///
/// @param terms with factors that are not zero, each product once, in the order of their names
public record Count(List<Term> terms) {
  /// A number that the caller or an operator gives when the program runs, always within its bounds.
  public record Name(String text, long minimum, long maximum) {
    public Name {
      if (minimum < 0 || maximum < minimum) {
        throw new IllegalArgumentException("`" + text + "` from " + minimum + " to " + maximum);
      }
    }
  }

  /// `factor * names[0] * names[1]...`; a plain number has no names.
  ///
  /// @param names sorted
  public record Term(long factor, List<Name> names) {
    public Term {
      names = List.copyOf(names);
    }

    private Term times(Term other) {
      List<Name> both = new ArrayList<>(names);
      both.addAll(other.names);
      both.sort(Comparator.comparing(Name::text));
      return new Term(Math.multiplyExact(factor, other.factor), both);
    }

    /// Empty where it does not divide without a rest.
    private Optional<Term> dividedBy(Term divisor) {
      List<Name> left = new ArrayList<>(names);
      boolean divides = divisor.factor != 0 && factor % divisor.factor == 0;
      for (Name name : divisor.names) {
        divides &= left.remove(name);
      }
      return divides ? Optional.of(new Term(factor / divisor.factor, left)) : Optional.empty();
    }

    private long bound(ToLongFunction<Name> number) {
      long product = factor;
      for (Name name : names) {
        product = Math.multiplyExact(product, number.applyAsLong(name));
      }
      return product;
    }

    @Override
    public String toString() {
      String product = names.stream().map(Name::text).collect(Collectors.joining("*"));
      return names.isEmpty() ? "" + factor : factor == 1 ? product : factor + "*" + product;
    }
  }

  public Count {
    terms = List.copyOf(terms);
  }

  public static Count of(long number) {
    return sum(List.of(new Term(number, List.of())));
  }

  public static Count named(String name, long minimum, long maximum) {
    return new Count(List.of(new Term(1, List.of(new Name(name, minimum, maximum)))));
  }

  private static Count sum(List<Term> terms) {
    Map<String, Term> sums = new TreeMap<>();
    for (Term term : terms) {
      sums.merge(
          term.names().toString(),
          term,
          (a, b) -> new Term(Math.addExact(a.factor(), b.factor()), a.names()));
    }
    return new Count(sums.values().stream().filter(term -> term.factor() != 0).toList());
  }

  public Count plus(Count other) {
    List<Term> all = new ArrayList<>(terms);
    all.addAll(other.terms);
    return sum(all);
  }

  public Count minus(Count other) {
    return plus(other.times(of(-1)));
  }

  public Count times(Count other) {
    List<Term> products = new ArrayList<>();
    for (Term left : terms) {
      other.terms.forEach(right -> products.add(left.times(right)));
    }
    return sum(products);
  }

  /// The quotient, where the divisor is one product and divides every term without a rest.
  public Optional<Count> dividedBy(Count divisor) {
    if (divisor.terms.size() != 1) {
      return equals(divisor) && !terms.isEmpty() ? Optional.of(of(1)) : Optional.empty();
    }
    List<Term> quotients = new ArrayList<>();
    for (Term term : terms) {
      Optional<Term> quotient = term.dividedBy(divisor.terms.getFirst());
      if (quotient.isEmpty()) {
        return Optional.empty();
      }
      quotients.add(quotient.get());
    }
    return Optional.of(sum(quotients));
  }

  /// The number, where it is the same in every run.
  public Optional<Long> number() {
    return terms.stream().allMatch(term -> term.names().isEmpty())
        ? Optional.of(terms.isEmpty() ? 0L : terms.getFirst().factor())
        : Optional.empty();
  }

  /// No run has less; there may be none that has as little.
  public long minimum() {
    return bound(Name::minimum, Name::maximum);
  }

  /// No run has more; there may be none that has as much.
  public long maximum() {
    return bound(Name::maximum, Name::minimum);
  }

  private long bound(ToLongFunction<Name> added, ToLongFunction<Name> taken) {
    return terms.stream()
        .mapToLong(term -> term.bound(term.factor() > 0 ? added : taken))
        .reduce(0, Math::addExact);
  }

  /// Whether a run may have the same number of both.
  public boolean meets(Count other) {
    Count difference = minus(other);
    return difference.minimum() <= 0 && difference.maximum() >= 0;
  }

  /// Whether it is at most as much as another, where that is the same in every run.
  public Optional<Boolean> isAtMost(Count other) {
    Count room = other.minus(this);
    return room.minimum() >= 0
        ? Optional.of(true)
        : room.maximum() < 0 ? Optional.of(false) : Optional.empty();
  }

  /// The number of one run.
  ///
  /// @param numbers by name
  public Optional<Long> of(Map<String, Long> numbers) {
    boolean known =
        terms.stream()
            .flatMap(term -> term.names().stream())
            .allMatch(name -> numbers.containsKey(name.text()));
    return known
        ? Optional.of(bound(name -> numbers.get(name.text()), name -> numbers.get(name.text())))
        : Optional.empty();
  }

  /// The only name, where it is nothing else.
  public Optional<Name> name() {
    boolean plain =
        terms.size() == 1 && terms.getFirst().factor() == 1 && terms.getFirst().names().size() == 1;
    return plain ? Optional.of(terms.getFirst().names().getFirst()) : Optional.empty();
  }

  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining("+")).replace("+-", "-");
  }
}
