package io.edgewright.cdk;

import io.edgewright.functions.core.store.KeyRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.kms.KeySpec;
import software.amazon.awscdk.services.kms.KeyUsage;
import software.constructs.Construct;

/// A P-256 key for each role of the signed metadata. They sign and never leave KMS; devices trust
/// them, so they outlive the stack, and a stack can be told to take other ones, those of an earlier
/// stack or new ones in place of its own.
final class SigningKeys extends Construct {
  /// What a root key that was replaced is called beside the roles.
  static final String PREVIOUS_ROOT = "previousRoot";

  private final Map<String, IKey> keys = new LinkedHashMap<>();
  private final boolean areGiven;

  /// @param given ARNs of keys that there are already, by role, and of [#PREVIOUS_ROOT]
  SigningKeys(Construct scope, String id, Map<String, String> given) {
    super(scope, id);
    areGiven = !given.isEmpty();
    for (KeyRole role : KeyRole.values()) {
      String name = role.word();
      keys.put(name, given.containsKey(name) ? adopted(name, given.get(name)) : key(role));
    }
    if (given.containsKey(PREVIOUS_ROOT)) {
      keys.put(PREVIOUS_ROOT, Key.fromKeyArn(this, PREVIOUS_ROOT, given.get(PREVIOUS_ROOT)));
    }
  }

  static String description(KeyRole role) {
    return "Edgewright: signs metadata of the role " + role.word();
  }

  private Key key(KeyRole role) {
    return Key.Builder.create(this, role.word())
        .description(description(role))
        .alias(Naming.PREFIX + role.word())
        .keySpec(KeySpec.ECC_NIST_P256)
        .keyUsage(KeyUsage.SIGN_VERIFY)
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
  }

  /// It is by the alias that the key is found. That of an earlier stack went with it; that of this
  /// stack's own key goes over to the new one.
  private IKey adopted(String role, String arn) {
    IKey key = Key.fromKeyArn(this, role, arn);
    key.addAlias(Naming.PREFIX + role);
    return key;
  }

  List<String> arns() {
    return keys.values().stream().map(IKey::getKeyArn).toList();
  }

  /// Names them in the stack's outputs: for the operator, and for later deployments.
  void putOut(Stack stack) {
    CfnOutput.Builder.create(stack, "Keys").value(asJson()).build();
    if (areGiven) {
      CfnOutput.Builder.create(stack, GivenKeys.OUTPUT).value(asJson()).build();
    }
  }

  /// What functions are told: a JSON object, role to key.
  String asJson() {
    List<String> pairs = new ArrayList<>();
    keys.forEach((role, key) -> pairs.add("\"" + role + "\":\"" + key.getKeyArn() + "\""));
    return "{" + String.join(",", pairs) + "}";
  }
}
