package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is said before anything is done.
@Tag("slow")
class DeployPlanTest {
  private final String plan =
      new DeployPlan(Synthesised.imageTemplate(), Prices.listed(), "eu-west-1").text();

  @Test
  void saysWhatItCreates() {
    assertThat(plan)
        .startsWith("This creates the stack Edgewright in eu-west-1:")
        .contains("    1  REST API\n", "    9  functions\n", "    5  signing keys, kept")
        .contains(String.format("  %3d  tables, kept", Contract.tables().size()))
        .contains("CDKToolkit (cdk bootstrap)", "It signs with keys of its own.");
  }

  @Test
  void saysWhatItCostsAtRest() {
    assertThat(plan)
        .contains("us-east-1", "    5.00  5 signing keys\n", "    3.00  1 dashboard\n")
        .containsPattern(" 2\\.80 {2}9 alarms\n")
        .containsPattern(" {2}\\d+\\.\\d\\d {2}together\n");
  }

  @Test
  void keysThatAreTakenOverAreNotCreatedAndCostTheSame() {
    JsonNode template = Synthesised.imageTemplate().deepCopy();
    ((ObjectNode) template.required("Resources"))
        .properties()
        .removeIf(
            resource -> resource.getValue().required("Type").asText().equals("AWS::KMS::Key"));
    assertThat(new DeployPlan(template, Prices.listed(), "eu-west-1").text())
        .contains("    5.00  5 signing keys\n", "later deployments go on with them")
        .doesNotContain("signing keys, kept");
  }

  /// Compared by adding up what stands above it, in cents.
  @Test
  void addsUp() {
    List<Long> cents =
        plan.lines()
            .filter(line -> line.matches(" +\\d+\\.\\d\\d {2}.*"))
            .map(line -> Math.round(Double.parseDouble(line.substring(0, 8)) * 100))
            .toList();
    long sum = cents.stream().limit(cents.size() - 1L).mapToLong(Long::longValue).sum();
    assertThat(cents).hasSize(7);
    assertThat(Math.abs(sum - cents.getLast())).isLessThanOrEqualTo(2);
  }

  @Test
  void saysWhichPermissionsItNeeds() {
    assertThat(plan).contains("administrator", "sts:AssumeRole", "Docker");
  }
}
