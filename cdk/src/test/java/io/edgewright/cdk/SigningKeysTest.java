package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewright.testing.InstalledTool;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

@Tag("slow")
class SigningKeysTest {
  private static final String ROOT = "arn:aws:kms:eu-west-1:123456789012:key/1";
  private static final String BEFORE = "arn:aws:kms:eu-west-1:123456789012:key/0";

  private static Template template(Map<String, String> given) {
    assumeTrue(InstalledTool.onPath("node").isPresent(), "needs node (Debian: nodejs)");
    Stack stack = new Stack(new App(), "Keys");
    var keys = new SigningKeys(stack, "SigningKeys", given);
    keys.putOut(stack);
    CfnOutput.Builder.create(stack, "Arns").value(String.join(" ", keys.arns())).build();
    return Template.fromStack(stack);
  }

  private static Map<String, Map<String, Object>> rootAlias(Template template) {
    return template.findResources(
        "AWS::KMS::Alias", Map.of("Properties", Map.of("AliasName", "alias/edgewright-root")));
  }

  /// `destroy --delete-data` finds keys by their aliases.
  @Test
  void keysThatAreTakenOverHaveTheirAliasAgain() {
    Template template = template(Map.of("root", ROOT));
    template.resourceCountIs("AWS::KMS::Key", 4);
    template.resourceCountIs("AWS::KMS::Alias", 5);
    assertThat(rootAlias(template))
        .hasSize(1)
        .allSatisfy((_, alias) -> assertThat(alias.toString()).contains(ROOT));
  }

  /// Were it another resource, CloudFormation would make it before it deletes the one there is, and
  /// find the name taken.
  @Test
  void theAliasGoesOverFromOneKeyToTheNext() {
    assertThat(rootAlias(template(Map.of())).keySet())
        .isEqualTo(rootAlias(template(Map.of("root", ROOT))).keySet());
  }

  /// So that [GivenKeys] finds them, and none that go with the stack.
  @Test
  void keysThatWereGivenArePutOutOnceMore() {
    assertThat(template(Map.of("root", ROOT)).findOutputs("GivenKeys").toString()).contains(ROOT);
    assertThat(template(Map.of()).findOutputs("*")).containsKey("Keys").hasSize(2);
  }

  /// It may be used, and has no alias: that is its successor's.
  @Test
  void theRootKeyBeforeIsNamedBesideItsSuccessor() {
    Template template = template(Map.of("root", ROOT, "previousRoot", BEFORE));
    template.resourceCountIs("AWS::KMS::Alias", 5);
    String outputs = template.findOutputs("*").toString();
    assertThat(outputs).contains("\"previousRoot\":\"" + BEFORE + "\"", " " + BEFORE);
    assertThat(template(Map.of()).findOutputs("*").toString()).doesNotContain("previousRoot");
  }
}
