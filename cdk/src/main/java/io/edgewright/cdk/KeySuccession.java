package io.edgewright.cdk;

import io.edgewright.functions.core.store.KeyRole;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/// Finds the keys that a stack signs with, by its aliases, and makes a new one for a role.
record KeySuccession(KmsClient kms, Clock clock) {
  /// More than the service takes to publish a root that names a new root key. Until then the key
  /// before it is needed.
  private static final Duration SETTLING = Duration.ofHours(1);

  static String alias(KeyRole role) {
    return "alias/" + Naming.PREFIX + role.word();
  }

  /// @throws Operation.Refusal where there is no stack, or it is not ready for another key
  AdoptedKeys present() throws Operation.Refusal {
    Map<String, String> arns = new TreeMap<>();
    for (KeyRole role : KeyRole.values()) {
      KeyMetadata key = find(role);
      if (role == KeyRole.ROOT && isYoung(key)) {
        throw new Operation.Refusal(
            "`--rotate`: the root key is less than an hour old, and its successor could not yet"
                + " rely on it. Nothing was changed; run this again later");
      }
      arns.put(role.word(), key.arn());
    }
    return new AdoptedKeys(arns);
  }

  private KeyMetadata find(KeyRole role) throws Operation.Refusal {
    try {
      return kms.describeKey(request -> request.keyId(alias(role))).keyMetadata();
    } catch (NotFoundException _) {
      throw new Operation.Refusal(
          "`--rotate`: there is no key `"
              + alias(role)
              + "` in this region, so no stack has signed with it: deploy one first");
    }
  }

  private boolean isYoung(KeyMetadata key) {
    return Optional.ofNullable(key.creationDate())
        .filter(created -> created.plus(SETTLING).isAfter(clock.instant()))
        .isPresent();
  }

  /// Makes the key.
  AdoptedKeys next(AdoptedKeys present, KeyRole role) {
    Map<String, String> arns = new TreeMap<>(present.arns());
    String made =
        kms.createKey(request ->
                request
                    .keySpec(KeySpec.ECC_NIST_P256)
                    .keyUsage(KeyUsageType.SIGN_VERIFY)
                    .description(SigningKeys.description(role)))
            .keyMetadata()
            .arn();
    Optional<String> before = Optional.ofNullable(arns.put(role.word(), made));
    if (role == KeyRole.ROOT) {
      before.ifPresent(arn -> arns.put(SigningKeys.PREVIOUS_ROOT, arn));
    }
    return new AdoptedKeys(arns);
  }
}
