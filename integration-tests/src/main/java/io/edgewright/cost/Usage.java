package io.edgewright.cost;

import java.util.Map;
import java.util.TreeMap;

/// How much of what has a price something takes.
///
/// @param amounts by the names of [Prices], in their units
record Usage(Map<String, Double> amounts) {
  static final Usage NOTHING = new Usage(Map.of());

  Usage {
    amounts = Map.copyOf(amounts);
  }

  Usage plus(String name, double amount) {
    Map<String, Double> sum = new TreeMap<>(amounts);
    sum.merge(name, amount, Double::sum);
    return new Usage(sum);
  }

  Usage plus(Usage other) {
    Usage sum = this;
    for (Map.Entry<String, Double> entry : new TreeMap<>(other.amounts).entrySet()) {
      sum = sum.plus(entry.getKey(), entry.getValue());
    }
    return sum;
  }

  Usage times(double factor) {
    Map<String, Double> product = new TreeMap<>();
    amounts.forEach((name, amount) -> product.put(name, amount * factor));
    return new Usage(product);
  }

  /// In US dollars. Summed in the order of the names, so that it is the same everywhere.
  double usd(Prices prices) {
    return new TreeMap<>(amounts)
        .entrySet().stream()
            .mapToDouble(entry -> entry.getValue() * prices.ofOne(entry.getKey()))
            .sum();
  }
}
