package io.edgewright.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/// List prices in US dollars, by names such as `lambda.request`.
///
/// @param asOf year and month
record Prices(String region, String asOf, String note, Map<String, Price> byName) {
  /// @param usd for `per` units
  record Price(double usd, double per, String unit, String source) {
    double ofOne() {
      return usd / per;
    }
  }

  static Prices listed() {
    JsonNode file = DataFile.read("prices.json");
    Map<String, Price> prices = new TreeMap<>();
    file.get("prices")
        .properties()
        .forEach(entry -> {
          JsonNode price = entry.getValue();
          prices.put(
              entry.getKey(),
              new Price(
                  price.get("usd").asDouble(),
                  price.get("per").asDouble(),
                  price.get("unit").asText(),
                  price.get("source").asText()));
        });
    return new Prices(
        file.get("region").asText(), file.get("asOf").asText(), file.get("note").asText(), prices);
  }

  double ofOne(String name) {
    Price price = byName.get(name);
    if (price == null) {
      throw new IllegalArgumentException("no price of " + name);
    }
    return price.ofOne();
  }
}
