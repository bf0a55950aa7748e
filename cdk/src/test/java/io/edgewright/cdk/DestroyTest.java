package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;

/// `./edgewright destroy`, with a machine that runs nothing and an account in this process.
class DestroyTest {
  @TempDir Path project;
  private Trial trial;
  private FakeAws aws;
  private AwsAccount account;
  private String key;

  @BeforeEach
  void open() throws IOException {
    aws = new FakeAws();
    account = new AwsAccount(aws.address());
    account.addTable("edgewright-metadata", true);
    account.addBucket(DataRemovalContract.STORE, 1);
    key = account.addKey("alias/edgewright-root", KeySpec.ECC_NIST_P256);
    trial = new Trial(project);
    trial.as(account.access());
    trial.inRegion(AwsAccount.REGION);
  }

  @AfterEach
  void close() {
    account.close();
    aws.close();
  }

  private void assertAllIsThere() {
    assertThat(account.tables()).containsExactly("edgewright-metadata");
    assertThat(account.buckets()).containsExactly(DataRemovalContract.STORE);
    assertThat(account.state(key)).isEqualTo(KeyState.ENABLED);
  }

  @Test
  void keepsDataUnlessToldOtherwise() throws IOException {
    assertThat(trial.destroy("--yes")).isZero();
    assertThat(trial.said()).contains("It keeps", "--adopt --keys KEYS").doesNotContain("gone");
    assertThat(trial.machine().verbs()).containsExactly("synth", "destroy");
    assertThat(trial.machine().run("destroy").words()).contains("--force");
    assertAllIsThere();
  }

  @Test
  void deletesDataWhenToldTo() throws IOException {
    trial.answer("y\n");
    assertThat(trial.destroy("--delete-data")).isZero();
    assertThat(trial.said()).contains("gone for good", "Go on? [y/N]").doesNotContain("It keeps");
    assertThat(trial.machine().verbs()).containsExactly("synth", "destroy");
    assertThat(account.tables()).isEmpty();
    assertThat(account.buckets()).isEmpty();
    assertThat(account.state(key)).isEqualTo(KeyState.PENDING_DELETION);
  }

  @Test
  void onlySaysWhatItWouldDo() throws IOException {
    trial.asNobody();
    assertThat(trial.destroy("--plan", "--delete-data")).isZero();
    assertThat(trial.said()).contains("This deletes the stack Edgewright and then");
    assertThat(trial.machine().verbs()).isEmpty();
  }

  @Test
  void deletesNothingUnlessSomebodyAgrees() throws IOException {
    trial.answer("n\n");
    assertThat(trial.destroy("--delete-data")).isEqualTo(1);
    assertThat(trial.refused()).isEqualTo("destroy: nothing was deleted\n");
    assertThat(trial.machine().verbs()).isEmpty();
    assertAllIsThere();
  }

  @Test
  void keepsDataWhenTheStackStays() throws IOException {
    trial.machine().failing("destroy", 3);
    assertThat(trial.destroy("--yes", "--delete-data")).isEqualTo(3);
    assertAllIsThere();
  }

  @Test
  void saysWhatAwsRefused() throws IOException {
    aws.s3().keep("bundles/0");
    assertThat(trial.destroy("--yes", "--delete-data")).isEqualTo(1);
    assertThat(trial.refused())
        .startsWith("destroy: AWS refused: ")
        .contains("`bundles/0`: Access Denied", "run this again");
  }

  @Test
  void needsCredentials() throws IOException {
    trial.asNobody();
    assertThat(trial.destroy("--yes", "--region", AwsAccount.REGION)).isEqualTo(1);
    assertThat(trial.refused()).startsWith("destroy: no AWS credentials");
    assertThat(trial.machine().verbs()).isEmpty();
  }

  @Test
  void needsCdk() throws IOException {
    trial.removeCdk();
    assertThat(trial.destroy("--yes")).isEqualTo(1);
    assertThat(trial.refused()).startsWith("destroy: no `cdk`");
  }

  @Test
  void refusesWhatOnlyDeployKnows() throws IOException {
    assertThat(trial.destroy("--adopt")).isEqualTo(2);
    assertThat(trial.refused())
        .startsWith("destroy: unknown argument `--adopt`; allowed are")
        .endsWith("--delete-data --plan --yes\n");
  }
}
