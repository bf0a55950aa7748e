package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;

/// `./edgewright destroy --delete-data` against something that speaks AWS's protocols.
abstract class DataRemovalContract {
  static final String STORE = "edgewright-store-123456789012-" + AwsAccount.REGION;
  static final String LOG = "edgewright-access-log-123456789012-" + AwsAccount.REGION;
  static final List<String> ROLES = List.of("root", "targets", "snapshot", "timestamp", "groups");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private AwsAccount account;

  /// Where the account is.
  abstract URI address() throws Exception;

  @BeforeEach
  void open() throws Exception {
    account = new AwsAccount(address());
  }

  @AfterEach
  void close() {
    if (account != null) {
      account.close();
    }
  }

  AwsAccount account() {
    return account;
  }

  String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  DataRemoval removal() {
    return new DataRemoval(
        account.access(), AwsAccount.REGION, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private static List<String> tables() {
    return StreamSupport.stream(Contract.tables().spliterator(), false)
        .map(table -> "edgewright-" + table.required("name").asText())
        .toList();
  }

  /// @return the keys
  List<String> addStack() {
    tables().forEach(table -> account.addTable(table, true));
    account.addBucket(STORE, 4);
    account.addBucket(LOG, 1);
    List<String> keys = new ArrayList<>();
    ROLES.forEach(role -> keys.add(account.addKey(alias(role), KeySpec.ECC_NIST_P256)));
    return keys;
  }

  static String alias(String role) {
    return "alias/edgewright-" + role;
  }

  private void removeAll() {
    try (DataRemoval removal = removal()) {
      removal.remove(removal.keys());
    }
  }

  @Test
  void deletesTablesBucketsKeysAndAliases() {
    List<String> keys = addStack();
    removeAll();
    assertThat(account.tables()).doesNotContainAnyElementsOf(tables());
    assertThat(account.buckets()).doesNotContain(STORE, LOG);
    assertThat(keys).hasSize(5).allMatch(key -> account.state(key) == KeyState.PENDING_DELETION);
    assertThat(account.aliases()).isEmpty();
    assertThat(said())
        .contains("table edgewright-metadata deleted", "bucket " + STORE + " deleted")
        .contains("key " + keys.getFirst() + " goes in 30 days");
  }

  /// As it is on AWS, where CloudFormation deletes aliases in between.
  @Test
  void deletesKeysWhoseAliasesWentWithTheStack() {
    List<String> keys = addStack();
    try (DataRemoval removal = removal()) {
      List<String> found = removal.keys();
      ROLES.forEach(role -> account.removeAlias(alias(role)));
      removal.remove(found);
    }
    assertThat(keys).allMatch(key -> account.state(key) == KeyState.PENDING_DELETION);
  }

  @Test
  void passesOverWhatIsGone() {
    addStack();
    removeAll();
    removeAll();
    assertThat(said()).contains("no table edgewright-metadata", "no key alias/edgewright-root");
  }

  @Test
  void goesOnWithKeysThatWereOnTheirWay() {
    List<String> keys = addStack();
    try (DataRemoval removal = removal()) {
      removal.remove(keys);
      removal.remove(keys);
    }
    assertThat(account.state(keys.getFirst())).isEqualTo(KeyState.PENDING_DELETION);
  }

  @Test
  void leavesWhatBelongsToOthers() {
    addStack();
    List<String> buckets =
        List.of("edgewright-store-old-123456789012-" + AwsAccount.REGION, "edgewright-store");
    account.addTable("edgewright-compilations-restored", true);
    buckets.forEach(bucket -> account.addBucket(bucket, 1));
    String key = account.addKey("alias/edgewright-rooted", KeySpec.ECC_NIST_P256);
    removeAll();
    assertThat(account.tables()).containsExactly("edgewright-compilations-restored");
    assertThat(account.buckets()).containsAll(buckets);
    assertThat(account.state(key)).isEqualTo(KeyState.ENABLED);
    assertThat(account.aliases()).containsExactly("alias/edgewright-rooted");
  }

  @Test
  void leavesAKeyOfAnotherKindUnderAnAliasOfOurs() {
    String key = account.addKey(alias("root"), KeySpec.SYMMETRIC_DEFAULT);
    removeAll();
    assertThat(account.state(key)).isEqualTo(KeyState.ENABLED);
    assertThat(account.aliases()).containsExactly(alias("root"));
    assertThat(said()).contains("alias/edgewright-root is of a key that the stack does not make");
  }
}
