package io.edgewright.cdk;

import io.edgewright.functions.core.store.KeyRole;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/// Has KMS delete the stack's keys, which are those under its aliases, and the aliases where they
/// did not go with the stack.
record KeyRemoval(KmsClient kms, PrintStream out) {
  /// The longest that KMS waits: until then a key can be had back.
  private static final int DAYS = 30;

  private static List<String> aliases() {
    return Stream.of(KeyRole.values()).map(KeySuccession::alias).toList();
  }

  /// Their ids.
  List<String> find() {
    List<String> keys = new ArrayList<>();
    for (String alias : aliases()) {
      try {
        KeyMetadata key = kms.describeKey(request -> request.keyId(alias)).keyMetadata();
        if (isOurs(key)) {
          keys.add(key.keyId());
        } else {
          out.println(alias + " is of a key that the stack does not make; it stays");
        }
      } catch (NotFoundException _) {
        out.println("no key " + alias);
      }
    }
    return keys;
  }

  /// Whether [SigningKeys] makes such keys.
  private static boolean isOurs(KeyMetadata key) {
    return key.keyUsage() == KeyUsageType.SIGN_VERIFY && key.keySpec() == KeySpec.ECC_NIST_P256;
  }

  /// @param keys what [#find] found before the stack went
  void remove(List<String> keys) {
    List<String> staying = new ArrayList<>();
    for (String key : keys) {
      try {
        schedule(key);
        out.println("key " + key + " goes in " + DAYS + " days");
      } catch (KmsException e) {
        staying.add(key + " (" + e.getMessage() + ")");
      }
    }
    aliases().forEach(alias -> removeAlias(alias, keys));
    if (!staying.isEmpty()) {
      throw KmsException.builder()
          .message(
              "keys stay, and a later run will not find them, so delete them by"
                  + " `aws kms schedule-key-deletion --key-id KEY`: "
                  + String.join(", ", staying))
          .build();
    }
  }

  private void schedule(String key) {
    KeyMetadata now = kms.describeKey(request -> request.keyId(key)).keyMetadata();
    if (now.keyState() != KeyState.PENDING_DELETION) {
      kms.scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(DAYS));
    }
  }

  private void removeAlias(String alias, List<String> keys) {
    try {
      if (keys.contains(kms.describeKey(request -> request.keyId(alias)).keyMetadata().keyId())) {
        kms.deleteAlias(request -> request.aliasName(alias));
      }
    } catch (NotFoundException _) {
      // It went with the stack.
    }
  }
}
