package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `./edgewright deploy`, with a machine that runs nothing and an account in this process.
class DeployTest {
  private static final String[] HERE = {"--region", "eu-west-1"};

  @TempDir Path project;
  private Trial trial;
  private FakeAws aws;

  @BeforeEach
  void open() throws IOException {
    aws = new FakeAws();
    trial = new Trial(project);
    trial.in(aws.address());
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private int deploy(String... more) throws IOException {
    String[] all = Arrays.copyOf(HERE, HERE.length + more.length);
    System.arraycopy(more, 0, all, HERE.length, more.length);
    return trial.deploy(all);
  }

  static String keys(Map<String, String> changed) {
    Map<String, String> arns = new TreeMap<>();
    DataRemovalContract.ROLES.forEach(
        role -> arns.put(role, "arn:aws:kms:eu-west-1:123456789012:key/" + role));
    arns.putAll(changed);
    return arns.entrySet().stream()
        .filter(key -> !key.getValue().isEmpty())
        .map(key -> "\"%s\":\"%s\"".formatted(key.getKey(), key.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void saysWhatItWillDoAsksAndDoesIt() throws IOException {
    trial.answer("y\n");
    assertThat(deploy()).isZero();
    assertThat(trial.said())
        .startsWith("This creates the stack Edgewright in eu-west-1:")
        .contains("1  tables", "What it costs at rest", "Permissions that your credentials need:")
        .endsWith("Go on? [y/N] ");
    assertThat(trial.machine().verbs()).containsExactly("synth", "bootstrap", "deploy");
    assertThat(trial.machine().run("deploy").words())
        .containsSubsequence("--require-approval", "never")
        .doesNotContain("--import-existing-resources");
    assertThat(trial.machine().run("deploy").environment())
        .containsEntry("AWS_REGION", "eu-west-1")
        .containsEntry("CDK_DOCKER", "docker");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n\n", "\n", "", "no, not yet\n"})
  void createsNothingUnlessSomebodyAgrees(String answer) throws IOException {
    trial.answer(answer);
    assertThat(deploy()).isEqualTo(1);
    assertThat(trial.refused()).isEqualTo("deploy: nothing was created\n");
    assertThat(trial.machine().verbs()).containsExactly("synth");
  }

  @Test
  void asksNobodyWhoIsSure() throws IOException {
    assertThat(deploy("--yes")).isZero();
    assertThat(trial.said()).doesNotContain("Go on?");
  }

  @Test
  void plansWithoutRegionCredentialsAndEngine() throws IOException {
    trial.asNobody();
    trial.machine().withEngines();
    assertThat(trial.deploy("--plan")).isZero();
    assertThat(trial.said()).contains("in the region you choose:").doesNotContain("Go on?");
    assertThat(trial.machine().verbs()).containsExactly("synth");
  }

  @Test
  void takesTheRegionOfTheProfile() throws IOException {
    trial.inRegion("ap-south-1");
    assertThat(trial.deploy("--plan")).isZero();
    assertThat(trial.said()).contains("in ap-south-1:");
  }

  @Test
  void needsARegion() throws IOException {
    assertThat(trial.deploy()).isEqualTo(1);
    assertThat(trial.refused()).contains("no region: pass `--region REGION`");
    assertThat(trial.machine().verbs()).isEmpty();
  }

  @Test
  void needsCredentials() throws IOException {
    trial.asNobody();
    assertThat(deploy("--yes")).isEqualTo(1);
    assertThat(trial.refused())
        .startsWith("deploy: no AWS credentials: log in with `aws sso login`")
        .contains("Nothing was changed", "--plan");
    assertThat(trial.machine().verbs()).isEmpty();
  }

  @Test
  void needsCdk() throws IOException {
    trial.removeCdk();
    assertThat(deploy("--yes")).isEqualTo(1);
    assertThat(trial.refused())
        .isEqualTo("deploy: no `cdk`: install Node.js with npm, then run this again\n");
    assertThat(trial.machine().verbs()).isEmpty();
  }

  @Test
  void needsAContainerEngineThatRuns() throws IOException {
    trial.machine().withEngines();
    assertThat(deploy("--yes")).isEqualTo(1);
    assertThat(trial.refused())
        .contains("tried `info` of docker, podman, finch)", "start Docker, Podman or Finch");
    assertThat(trial.machine().verbs()).isEmpty();
  }

  @Test
  void tellsCdkOfAnotherEngine() throws IOException {
    trial.machine().withEngines("finch");
    assertThat(deploy("--yes")).isZero();
    assertThat(trial.machine().run("deploy").environment()).containsEntry("CDK_DOCKER", "finch");
  }

  @Test
  void takesTheEngineThatTheEnvironmentNames() throws IOException {
    trial.machine().withEngines("docker").withVariable("CDK_DOCKER", "nerdctl");
    assertThat(deploy("--yes")).isEqualTo(1);
    assertThat(trial.refused()).contains("tried `info` of nerdctl)");
    trial.machine().withEngines("docker", "nerdctl");
    assertThat(deploy("--yes")).isZero();
    assertThat(trial.machine().run("deploy").environment()).containsEntry("CDK_DOCKER", "nerdctl");
  }

  @Test
  void takesOverWhatAnEarlierStackLeft() throws IOException {
    assertThat(deploy("--yes", "--adopt", "--keys", keys(Map.of()))).isZero();
    assertThat(trial.machine().run("synth").words())
        .containsSubsequence("--context", "keys=" + keys(Map.of()));
    assertThat(trial.machine().run("deploy").words()).contains("--import-existing-resources");
  }

  /// As after `--adopt` and `--rotate`. Devices trust no others.
  @Test
  void goesOnWithTheKeysThatTheStackWasGiven() throws IOException {
    aws.cloudFormation().deploy();
    aws.cloudFormation().output("Keys", "{}");
    aws.cloudFormation().output("GivenKeys", keys(Map.of()));
    assertThat(deploy("--yes")).isZero();
    assertThat(trial.machine().run("synth").words())
        .containsSubsequence("--context", "keys=" + keys(Map.of()));
  }

  @Test
  void takesOtherKeysWhereSomeAreNamed() throws IOException {
    aws.cloudFormation().deploy();
    aws.cloudFormation().output("GivenKeys", keys(Map.of()));
    String others = keys(Map.of("root", "arn:aws:kms:eu-west-1:123456789012:key/another"));
    assertThat(deploy("--yes", "--keys", others)).isZero();
    assertThat(trial.machine().run("synth").words()).contains("keys=" + others);
  }

  @Test
  void namesNoKeysWhereTheStackHasItsOwn() throws IOException {
    aws.cloudFormation().deploy();
    aws.cloudFormation().output("Keys", keys(Map.of()));
    assertThat(deploy("--yes")).isZero();
    assertThat(trial.machine().run("synth").words()).doesNotContain("--context");
  }

  @Test
  void changesNothingWhileItDoesNotKnowTheKeys() throws IOException {
    aws.cloudFormation().shut();
    assertThat(deploy("--yes")).isEqualTo(1);
    assertThat(trial.refused())
        .startsWith("deploy: AWS did not say which keys the stack signs with: not authorized")
        .contains("Nothing was changed");
    assertThat(trial.machine().verbs()).isEmpty();
  }

  @Test
  void takesNothingOverWithoutItsKeys() throws IOException {
    assertThat(deploy("--yes", "--adopt")).isEqualTo(2);
    assertThat(trial.refused()).contains("`--adopt` needs `--keys KEYS`", "destroy --delete-data");
    assertThat(trial.machine().verbs()).isEmpty();
  }

  @Test
  void refusesKeysOfAnotherRegion() throws IOException {
    String elsewhere = "arn:aws:kms:us-east-1:123456789012:key/1";
    assertThat(deploy("--yes", "--keys", keys(Map.of("root", elsewhere)))).isEqualTo(1);
    assertThat(trial.refused()).contains("the key of `root` is in us-east-1", "eu-west-1");
    assertThat(trial.machine().verbs()).isEmpty();
  }

  @Test
  void refusesKeysThatAreNone() throws IOException {
    assertThat(deploy("--keys", "root=1")).isEqualTo(2);
    assertThat(trial.refused()).startsWith("deploy: `--keys`: `root=1` is no JSON");
  }

  @Test
  void refusesWhatOnlyDestroyKnows() throws IOException {
    assertThat(deploy("--delete-data")).isEqualTo(2);
    assertThat(trial.refused())
        .isEqualTo(
            "deploy: unknown argument `--delete-data`; allowed are"
                + " --region REGION --adopt --keys --plan --rotate --yes\n");
  }

  @Test
  void stopsWhereCdkDoes() throws IOException {
    trial.machine().failing("synth", 1);
    assertThat(deploy("--yes")).isEqualTo(1);
    assertThat(trial.refused()).contains("could not be synthesised");
    trial.machine().failing("synth", 0).failing("bootstrap", 7);
    assertThat(deploy("--yes")).isEqualTo(7);
    trial.machine().failing("bootstrap", 0).failing("deploy", 9);
    assertThat(deploy("--yes")).isEqualTo(9);
    assertThat(trial.machine().verbs())
        .containsExactly("synth", "synth", "bootstrap", "synth", "bootstrap", "deploy");
  }
}
