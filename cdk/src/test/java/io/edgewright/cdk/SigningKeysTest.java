package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.edgewright.testing.InstalledTool;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

@Tag("slow")
class SigningKeysTest {
  private static final String ROOT = "arn:aws:kms:eu-west-1:123456789012:key/1";

  /// `destroy --delete-data` finds keys by their aliases.
  @Test
  void keysThatAreTakenOverHaveTheirAliasAgain() {
    assumeTrue(InstalledTool.onPath("node").isPresent(), "needs node (Debian: nodejs)");
    Stack stack = new Stack(new App(), "Keys");
    new SigningKeys(stack, "SigningKeys", Map.of("root", ROOT));
    Template template = Template.fromStack(stack);
    template.resourceCountIs("AWS::KMS::Key", 4);
    template.resourceCountIs("AWS::KMS::Alias", 5);
    assertThat(
            template.findResources(
                "AWS::KMS::Alias",
                Map.of("Properties", Map.of("AliasName", "alias/edgewright-root"))))
        .hasSize(1)
        .allSatisfy((_, alias) -> assertThat(alias.toString()).contains(ROOT));
  }
}
