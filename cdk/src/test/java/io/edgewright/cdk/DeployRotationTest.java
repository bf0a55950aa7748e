package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.KeySpec;

/// `./edgewright deploy --rotate`, with keys in a KMS of this process.
class DeployRotationTest {
  private static final Pattern KEYS = Pattern.compile("--keys '(.*)'");
  private static final String ARN = "arn:aws:kms:" + AwsAccount.REGION + ":123456789012:key/";

  @TempDir Path project;
  private FakeAws aws;
  private AwsAccount account;
  private Trial trial;

  @BeforeEach
  void open() throws IOException {
    aws = new FakeAws();
    account = new AwsAccount(aws.address());
    trial = new Trial(project);
    trial.as(account.access());
  }

  @AfterEach
  void close() {
    account.close();
    aws.close();
  }

  private void addKeys() {
    for (String role : DataRemovalContract.ROLES) {
      var _ = account.addKey(DataRemovalContract.alias(role), KeySpec.ECC_NIST_P256);
    }
  }

  private int rotate(String role, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--region", AwsAccount.REGION, "--rotate", role));
    arguments.addAll(List.of(more));
    return trial.deploy(arguments.toArray(String[]::new));
  }

  /// The keys that were said to be named from now on.
  private AdoptedKeys said() throws Operation.Refusal {
    Matcher keys = KEYS.matcher(trial.said());
    assertThat(keys.find()).as(trial.said()).isTrue();
    return AdoptedKeys.read(keys.group(1));
  }

  @Test
  void deploysWithANewKeyInThePlaceOfTheOld() throws Exception {
    addKeys();
    assertThat(rotate("timestamp", "--yes")).isZero();
    assertThat(said().arns())
        .hasSize(5)
        .containsEntry("timestamp", ARN + "key-6")
        .containsEntry("root", ARN + "key-1");
    assertThat(trial.machine().verbs()).containsExactly("synth", "deploy");
    assertThat(trial.machine().run("synth").words())
        .containsSubsequence("--context", said().context());
  }

  @Test
  void namesTheOldRootKeyBesideTheNew() throws Exception {
    addKeys();
    assertThat(rotate("root", "--yes")).isZero();
    assertThat(said().arns())
        .hasSize(6)
        .containsEntry("root", ARN + "key-6")
        .containsEntry("previousRoot", ARN + "key-1");
  }

  /// The key is there, and who reads what was said can go on with it.
  @Test
  void saysTheKeysBeforeTheDeploymentCanFail() throws Exception {
    addKeys();
    trial.machine().failing("deploy", 9);
    assertThat(rotate("groups", "--yes")).isEqualTo(9);
    assertThat(said().arns()).containsEntry("groups", ARN + "key-6");
  }

  @Test
  void makesNoKeyUnlessSomebodyAgrees() throws IOException {
    addKeys();
    trial.answer("n\n");
    assertThat(rotate("targets")).isEqualTo(1);
    assertThat(trial.said()).contains("Make a new key for the role `targets`").doesNotContain(ARN);
    assertThat(trial.machine().verbs()).isEmpty();
  }

  /// The root that names it may not be published yet, and then its successor would have nobody to
  /// vouch for it.
  @Test
  void waitsUntilTheRootKeyHasSettled() throws IOException {
    aws.kms().at(Instant.now().minusSeconds(600));
    addKeys();
    assertThat(rotate("root", "--yes")).isEqualTo(1);
    assertThat(trial.refused()).contains("the root key is less than an hour old", "Nothing was");
    assertThat(trial.machine().verbs()).isEmpty();
  }

  @Test
  void needsAStack() throws IOException {
    assertThat(rotate("root", "--yes")).isEqualTo(1);
    assertThat(trial.refused()).contains("no key `alias/edgewright-root`", "deploy one first");
  }

  @Test
  void knowsTheRoles() throws IOException {
    assertThat(rotate("mirror", "--yes")).isEqualTo(2);
    assertThat(trial.refused())
        .contains("no role `mirror`, there are [root, targets, snapshot, timestamp, groups]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--plan", "--adopt"})
  void goesAlone(String other) throws IOException {
    assertThat(rotate("root", "--keys", DeployTest.keys(Map.of()), other)).isEqualTo(2);
    assertThat(trial.refused()).contains("it goes without `--adopt`, `--keys` and `--plan`");
    assertThat(rotate("root", "--plan")).isEqualTo(2);
  }
}
