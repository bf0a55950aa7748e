package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the template promises beside permissions.
@Tag("slow")
class EdgewrightStackTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TemplateText template = new TemplateText(Synthesised.imageTemplate());

  /// Whether resources are as they were when somebody last looked at them. To renew: the test
  /// writes what there is to `cdk/target/template.txt`; compare, then copy it over
  /// `cdk/src/test/resources/template.txt`.
  @Test
  void resourcesAreThoseThatWereReviewed() throws IOException {
    Path project = Path.of(System.getProperty("edgewright.project"));
    Path now = Files.createDirectories(project.resolve("cdk/target")).resolve("template.txt");
    Files.writeString(now, template.lines());
    assertThat(now).hasSameTextualContentAs(project.resolve("cdk/src/test/resources/template.txt"));
  }

  @Test
  void dataOutlivesTheStack() {
    for (String type : Set.of("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key")) {
      assertThat(template.resources(type)).as(type).isNotEmpty();
      template
          .resources(type)
          .keySet()
          .forEach(name -> {
            JsonNode resource = template.resource(name);
            assertThat(resource.path("DeletionPolicy").asText()).as(name).isEqualTo("Retain");
            assertThat(resource.path("UpdateReplacePolicy").asText()).as(name).isEqualTo("Retain");
          });
    }
  }

  @Test
  void tablesAreThoseOfTheContract() {
    Set<String> wanted = new TreeSet<>();
    Contract.tables().forEach(table -> wanted.add("edgewright-" + table.required("name").asText()));
    Set<String> found = new TreeSet<>();
    template
        .resources("AWS::DynamoDB::Table")
        .values()
        .forEach(table -> {
          found.add(table.required("TableName").asText());
          assertThat(table.required("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
          assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled"))
              .hasToString("true");
        });
    assertThat(found).isEqualTo(wanted);
  }

  @Test
  void bucketsAreEncryptedPrivateAndSpokenToOverTls() {
    template
        .resources("AWS::S3::Bucket")
        .forEach((name, bucket) -> {
          assertThat(bucket.has("BucketEncryption")).as(name).isTrue();
          assertThat(bucket.required("PublicAccessBlockConfiguration"))
              .as(name)
              .hasSize(4)
              .allMatch(JsonNode::asBoolean);
        });
    assertThat(template.resources("AWS::S3::BucketPolicy").values())
        .hasSize(2)
        .allMatch(policy -> policy.toString().contains("\"aws:SecureTransport\":\"false\""));
  }

  @Test
  void keysAreOnP256AndSign() {
    assertThat(template.resources("AWS::KMS::Key").values())
        .hasSize(5)
        .allMatch(key -> key.required("KeySpec").asText().equals("ECC_NIST_P256"))
        .allMatch(key -> key.required("KeyUsage").asText().equals("SIGN_VERIFY"));
  }

  @Test
  void theWorkflowIsTheVeryFileOfTheEmbeddedService() throws IOException {
    JsonNode machine =
        template.resources("AWS::StepFunctions::StateMachine").values().iterator().next();
    assertThat(JSON.readTree(machine.required("DefinitionString").asText()))
        .isEqualTo(JSON.readTree(Contract.workflow()));
    assertThat(machine.required("DefinitionSubstitutions").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "InspectFunction",
            "CompileFunction",
            "VerifyFunction",
            "PublishFunction",
            "SummariseFunction",
            "GiveUpFunction");
    assertThat(machine.required("StateMachineType").asText()).isEqualTo("STANDARD");
    assertThat(machine.at("/TracingConfiguration/Enabled").asBoolean()).isTrue();
  }

  @Test
  void functionsOfTheZipAreRestoredFromSnapshots() {
    Map<String, JsonNode> functions = template.resources("AWS::Lambda::Function");
    assertThat(functions).hasSize(FunctionSpec.ALL.size());
    functions.forEach((name, function) -> {
      if (function.path("PackageType").asText().equals("Image")) {
        assertThat(name).matches("(Compile|Verify)Function.*");
      } else {
        assertThat(function.required("Runtime").asText()).isEqualTo("java25");
        assertThat(function.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
      }
      assertThat(function.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
    });
  }

  /// With it the service would take everybody for a caller whom somebody has checked.
  @Test
  void noFunctionIsToldThatItsGatewayChecksNobody() {
    template
        .resources("AWS::Lambda::Function")
        .forEach((name, function) ->
            assertThat(function.at("/Environment/Variables").fieldNames())
                .toIterable()
                .as(name)
                .contains("EDGEWRIGHT_BUCKET")
                .doesNotContain("EDGEWRIGHT_EMULATED_GATEWAY"));
  }

  @Test
  void handlersAreThere() throws ReflectiveOperationException {
    for (FunctionSpec function : FunctionSpec.ALL) {
      Class<?> handler = Class.forName(function.handlerClass(), false, getClass().getClassLoader());
      assertThat(handler.getConstructor().getParameterCount()).isZero();
      assertThat(handler.getMethods()).anyMatch(method -> method.getName().equals("handleRequest"));
    }
  }
}
