package io.edgewright.cdk;

import com.fasterxml.jackson.databind.JsonNode;

/// The price table of docs/cost.md: list prices in US dollars.
record Prices(JsonNode file) {
  static Prices listed() {
    return new Prices(Contract.json("/io/edgewright/cost/prices.json"));
  }

  /// Of one unit, such as a key for a month.
  double of(String name) {
    JsonNode price = file.required("prices").required(name);
    return price.required("usd").asDouble() / price.required("per").asDouble();
  }

  String region() {
    return file.required("region").asText();
  }

  String asOf() {
    return file.required("asOf").asText();
  }
}
