package io.edgewright.cdk;

import io.edgewright.functions.core.store.KeyRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.kms.KeySpec;
import software.amazon.awscdk.services.kms.KeyUsage;
import software.constructs.Construct;

/// A P-256 key for each role of the signed metadata. They sign and never leave KMS; devices trust
/// them, so they outlive the stack, and a later stack can be told to take them over.
final class SigningKeys extends Construct {
  private final Map<String, IKey> keys = new LinkedHashMap<>();

  /// @param earlier ARNs of keys that there are already, by role
  SigningKeys(Construct scope, String id, Map<String, String> earlier) {
    super(scope, id);
    for (KeyRole role : KeyRole.values()) {
      String name = role.name().toLowerCase(Locale.ROOT);
      keys.put(name, earlier.containsKey(name) ? adopted(name, earlier.get(name)) : key(name));
    }
  }

  private Key key(String role) {
    return Key.Builder.create(this, role)
        .description("Edgewright: signs metadata of the role " + role)
        .alias(Naming.PREFIX + role)
        .keySpec(KeySpec.ECC_NIST_P256)
        .keyUsage(KeyUsage.SIGN_VERIFY)
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
  }

  /// The alias went with the earlier stack, and it is by the alias that the key is found.
  private IKey adopted(String role, String arn) {
    IKey key = Key.fromKeyArn(this, role, arn);
    key.addAlias(Naming.PREFIX + role);
    return key;
  }

  List<String> arns() {
    return keys.values().stream().map(IKey::getKeyArn).toList();
  }

  /// What functions are told: a JSON object, role to key.
  String asJson() {
    List<String> pairs = new ArrayList<>();
    keys.forEach((role, key) -> pairs.add("\"" + role + "\":\"" + key.getKeyArn() + "\""));
    return "{" + String.join(",", pairs) + "}";
  }
}
