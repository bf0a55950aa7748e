package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may stand behind `./edgewright deploy` and `./edgewright destroy`.
class OperationTest {
  private static final String ARN = "arn:aws:kms:eu-west-1:123456789012:key/";

  @Test
  void argumentsAreRead() throws Operation.Refusal {
    Operation operation =
        Operation.read(
            List.of("--region", "eu-west-1", "--yes", "--keys", DeployTest.keys(Map.of())),
            Set.of("--yes", "--keys", "--plan"));
    assertThat(operation.region()).contains("eu-west-1");
    assertThat(operation.isSure()).isTrue();
    assertThat(operation.onlyPlan()).isFalse();
    assertThat(operation.keys().orElseThrow().arns())
        .hasSize(5)
        .containsEntry("groups", ARN + "groups");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--region", "--keys"})
  void valuesAreNotForgotten(String name) {
    assertThatThrownBy(() -> Operation.read(List.of(name), Set.of("--keys")))
        .hasMessage("`" + name + "` needs a value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"root\":\"1\",\"root\":\"2\"}", "{} {}", "'{}'"})
  void keysAreJson(String text) {
    assertThatThrownBy(() -> AdoptedKeys.read(text))
        .isInstanceOf(Operation.Refusal.class)
        .hasMessageStartingWith("`--keys`: `" + text + "` is no JSON")
        .hasMessageEndingWith("in single quotes: '{\"root\":\"arn:aws:kms:...\", ...}'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "\"root\""})
  void keysAreAnObject(String text) {
    assertThatThrownBy(() -> AdoptedKeys.read(text))
        .hasMessageStartingWith("`--keys`: `" + text + "` is no JSON object");
  }

  @Test
  void everyRoleHasItsKey() {
    assertThatThrownBy(() -> AdoptedKeys.read(DeployTest.keys(Map.of("root", "", "timestamp", ""))))
        .hasMessageStartingWith(
            "`--keys`: there is no key of `root`; there is no key of `timestamp`. ");
  }

  @Test
  void thereAreNoOtherRoles() {
    assertThatThrownBy(() -> AdoptedKeys.read(DeployTest.keys(Map.of("Root", ARN + "1"))))
        .hasMessageStartingWith(
            "`--keys`: there is no role `Root`, there are"
                + " [root, targets, snapshot, timestamp, groups], and previousRoot while the root key"
                + " is replaced. ");
  }

  @Test
  void theRootKeyBeforeMayBeNamed() throws Operation.Refusal {
    assertThat(AdoptedKeys.read(DeployTest.keys(Map.of("previousRoot", ARN + "0"))).arns())
        .hasSize(6)
        .containsEntry("previousRoot", ARN + "0");
  }

  @Test
  void everyRoleHasAKeyOfItsOwn() {
    assertThatThrownBy(
            () -> AdoptedKeys.read(DeployTest.keys(Map.of("previousRoot", ARN + "root"))))
        .hasMessageStartingWith("`--keys`: `previousRoot` and `root` have the same key. ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "alias/edgewright-root",
        "arn:aws:kms:eu-west-1:123456789012:alias/edgewright-root",
        "arn:aws:s3:::bucket"
      })
  void keysAreNamedByTheirArn(String key) {
    assertThatThrownBy(() -> AdoptedKeys.read(DeployTest.keys(Map.of("root", key))))
        .hasMessageStartingWith(
            "`--keys`: the key of `root` is \"%s\", and not like arn:aws:kms:REGION:ACCOUNT:key/ID. "
                .formatted(key));
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThatThrownBy(() -> AdoptedKeys.read("{\"boot\":\"" + ARN + "1\",\"groups\":7}"))
        .hasMessageContainingAll("role `boot`", "key of `groups` is 7", "no key of `snapshot`");
  }
}
