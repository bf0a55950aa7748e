package io.edgewright.cdk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.functions.core.store.KeyRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keys that the stack is to sign with in place of its own: those of an earlier stack, as its
/// output `Keys` names them, or new ones. All of them or none: devices trust a root that names
/// every one. While a root key is being replaced, the old one is named as well, as `previousRoot`.
///
/// @param arns by role
record AdoptedKeys(Map<String, String> arns) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:kms:(?<region>[a-z0-9-]+):[0-9]{12}:key/[0-9a-z-]+");

  AdoptedKeys {
    arns = Map.copyOf(arns);
  }

  private static List<String> roles() {
    return Stream.of(KeyRole.values()).map(KeyRole::word).toList();
  }

  /// @throws Operation.Refusal with all that is wrong
  static AdoptedKeys read(String text) throws Operation.Refusal {
    JsonNode given = object(text);
    Map<String, String> arns = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (var key : given.properties()) {
      String arn = key.getValue().asText();
      if (!roles().contains(key.getKey()) && !key.getKey().equals(SigningKeys.PREVIOUS_ROOT)) {
        wrong.add(
            "there is no role `%s`, there are %s, and %s while the root key is replaced"
                .formatted(key.getKey(), roles(), SigningKeys.PREVIOUS_ROOT));
      } else if (!ARN.matcher(arn).matches()) {
        wrong.add(
            "the key of `%s` is %s, and not like arn:aws:kms:REGION:ACCOUNT:key/ID"
                .formatted(key.getKey(), key.getValue()));
      }
      arns.put(key.getKey(), arn);
    }
    var missing = new TreeSet<>(roles());
    missing.removeAll(arns.keySet());
    missing.forEach(role -> wrong.add("there is no key of `" + role + "`"));
    addTwins(arns, wrong);
    if (!wrong.isEmpty()) {
      throw refusal(String.join("; ", wrong));
    }
    return new AdoptedKeys(arns);
  }

  /// A thief of a key that has two roles has both.
  private static void addTwins(Map<String, String> arns, List<String> wrong) {
    Map<String, String> roles = new TreeMap<>();
    arns.forEach((role, arn) -> {
      String other = roles.putIfAbsent(arn, role);
      if (other != null) {
        wrong.add("`" + other + "` and `" + role + "` have the same key");
      }
    });
  }

  private static JsonNode object(String text) throws Operation.Refusal {
    JsonNode given;
    try {
      given = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw refusal("`" + text + "` is no JSON: " + e.getOriginalMessage());
    }
    if (!given.isObject()) {
      throw refusal("`" + text + "` is no JSON object");
    }
    return given;
  }

  private static Operation.Refusal refusal(String wrong) {
    return new Operation.Refusal(
        "`--keys`: "
            + wrong
            + ". Pass what the earlier stack's output `Keys` had, in single quotes:"
            + " '{\"root\":\"arn:aws:kms:...\", ...}'");
  }

  /// Keys sign in their own region alone.
  void checkRegion(String region) throws Operation.Refusal {
    for (var key : arns.entrySet()) {
      Matcher parts = ARN.matcher(key.getValue());
      if (parts.matches() && !parts.group("region").equals(region)) {
        throw new Operation.Refusal(
            "`--keys`: the key of `%s` is in %s, and the stack would be in %s: pass `--region %s`"
                .formatted(key.getKey(), parts.group("region"), region, parts.group("region")));
      }
    }
  }

  /// As [#read] reads them.
  String json() {
    return JSON.valueToTree(new TreeMap<>(arns)).toString();
  }

  /// For the synthesis.
  String context() {
    return "keys=" + json();
  }
}
