package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A worker that a stranger's model has taken over gets nowhere.
@Tag("slow")
class WorkerNetworkTest {
  private final TemplateText template = new TemplateText(Synthesised.imageTemplate());

  @Test
  void noRouteLeadsOut() {
    for (String way :
        List.of(
            "AWS::EC2::Route",
            "AWS::EC2::NatGateway",
            "AWS::EC2::InternetGateway",
            "AWS::EC2::EIP",
            "AWS::EC2::VPCGatewayAttachment",
            "AWS::EC2::VPCPeeringConnection",
            "AWS::EC2::TransitGatewayAttachment")) {
      assertThat(template.resources(way)).as(way).isEmpty();
    }
    assertThat(template.resources("AWS::EC2::Subnet").values())
        .hasSize(2)
        .allMatch(subnet -> !subnet.path("MapPublicIpOnLaunch").asBoolean());
  }

  @Test
  void theEndpointForS3LetsThroughOnlyTheWorkersPrefixesOfTheOwnBucket() {
    JsonNode endpoint = onlyOne("AWS::EC2::VPCEndpoint");
    assertThat(template.text(endpoint.required("ServiceName"))).endsWith(".s3");
    assertThat(
            TemplateText.statements(endpoint)
                .map(one ->
                    template.texts(one.required("Action"))
                        + " "
                        + template.texts(one.required("Resource"))))
        .containsExactly(
            "[s3:GetObject] [<StoreBucket>/models/*, <StoreBucket>/staging/*]",
            "[s3:PutObject] [<StoreBucket>/staging/*]");
  }

  @Test
  void nothingComesInAndOnlyTlsGoesOut() {
    JsonNode group = onlyOne("AWS::EC2::SecurityGroup");
    assertThat(group.has("SecurityGroupIngress")).isFalse();
    assertThat(group.required("SecurityGroupEgress"))
        .singleElement()
        .satisfies(rule -> assertThat(rule.required("ToPort").asInt()).isEqualTo(443));
    assertThat(template.resources("AWS::EC2::SecurityGroupIngress")).isEmpty();
    assertThat(template.resources("AWS::EC2::SecurityGroupEgress")).isEmpty();
  }

  @Test
  void onlyNamesOfS3AreAnswered() {
    JsonNode rules = onlyOne("AWS::Route53Resolver::FirewallRuleGroup").required("FirewallRules");
    assertThat(rules).hasSize(2);
    assertThat(rules.required(0).required("Action").asText()).isEqualTo("ALLOW");
    assertThat(rules.required(1).required("Action").asText()).isEqualTo("BLOCK");
    assertThat(domains(rules.required(1))).containsExactly("*");
    assertThat(domains(rules.required(0))).hasSize(2).allMatch(name -> name.contains("s3."));
  }

  private List<String> domains(JsonNode rule) {
    String list = rule.required("FirewallDomainListId").required("Fn::GetAtt").required(0).asText();
    return template.texts(template.resource(list).required("Properties").required("Domains"));
  }

  @Test
  void workersRunInItAndNobodyElse() {
    template
        .resources("AWS::Lambda::Function")
        .forEach((name, function) ->
            assertThat(function.has("VpcConfig"))
                .as(name)
                .isEqualTo(
                    name.startsWith("CompileFunction") || name.startsWith("VerifyFunction")));
  }

  @Test
  void workersAreToldOfNothingButTheBucket() {
    template
        .resources("AWS::Lambda::Function")
        .forEach((name, function) -> {
          if (function.has("VpcConfig")) {
            assertThat(function.at("/Environment/Variables").fieldNames())
                .toIterable()
                .as(name)
                .containsExactly("EDGEWRIGHT_BUCKET");
          }
        });
  }

  private JsonNode onlyOne(String type) {
    var found = template.resources(type);
    assertThat(found).as(type).hasSize(1);
    return found.values().iterator().next();
  }
}
