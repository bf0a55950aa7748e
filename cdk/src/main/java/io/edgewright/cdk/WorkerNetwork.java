package io.edgewright.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.FlowLogTrafficType;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpoint;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.route53resolver.CfnFirewallDomainList;
import software.amazon.awscdk.services.route53resolver.CfnFirewallRuleGroup;
import software.amazon.awscdk.services.route53resolver.CfnFirewallRuleGroup.FirewallRuleProperty;
import software.amazon.awscdk.services.route53resolver.CfnFirewallRuleGroupAssociation;
import software.constructs.Construct;

/// Where workers run: subnets with no route but to S3, and of S3 only the service's own bucket. A
/// name can carry data out too, so only S3's are answered. What tries to leave is in the flow log.
final class WorkerNetwork extends Construct {
  private static final int HTTPS = 443;

  private final Vpc vpc;
  private final SecurityGroup group;

  WorkerNetwork(Construct scope, String id, Store store) {
    super(scope, id);
    vpc =
        Vpc.Builder.create(this, "Vpc")
            .maxAzs(2)
            .natGateways(0)
            .restrictDefaultSecurityGroup(false)
            .subnetConfiguration(
                List.of(
                    SubnetConfiguration.builder()
                        .name("worker")
                        .subnetType(SubnetType.PRIVATE_ISOLATED)
                        .build()))
            .build();
    group =
        SecurityGroup.Builder.create(this, "Group")
            .vpc(vpc)
            .description("Edgewright workers: to S3, and nothing comes in")
            .allowAllOutbound(false)
            .build();
    // Wherever it would go, the subnets' routes lead to S3 alone.
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(HTTPS), "S3 through the gateway endpoint");
    allowOwnBucket(store);
    answerNamesOfS3();
    logRefusals();
  }

  private void allowOwnBucket(Store store) {
    GatewayVpcEndpoint endpoint =
        vpc.addGatewayEndpoint(
            "S3",
            GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build());
    endpoint.addToPolicy(through("s3:GetObject", store, "models/", "staging/"));
    endpoint.addToPolicy(through("s3:PutObject", store, "staging/"));
  }

  private static PolicyStatement through(String action, Store store, String... prefixes) {
    return PolicyStatement.Builder.create()
        .principals(List.of(new AnyPrincipal()))
        .actions(List.of(action))
        .resources(
            List.of(prefixes).stream()
                .map(prefix -> store.bucket().arnForObjects(prefix + "*"))
                .toList())
        .conditions(Map.of("StringEquals", Map.of("aws:PrincipalAccount", Aws.ACCOUNT_ID)))
        .build();
  }

  private void answerNamesOfS3() {
    String s3 = Fn.sub("s3.${AWS::Region}.${AWS::URLSuffix}");
    var allowed =
        CfnFirewallDomainList.Builder.create(this, "NamesOfS3")
            .domains(List.of(s3, "*." + s3))
            .build();
    var all = CfnFirewallDomainList.Builder.create(this, "AllNames").domains(List.of("*")).build();
    var rules =
        CfnFirewallRuleGroup.Builder.create(this, "Names")
            .firewallRules(List.of(rule(1, allowed, "ALLOW"), rule(2, all, "BLOCK")))
            .build();
    CfnFirewallRuleGroupAssociation.Builder.create(this, "NamesOfVpc")
        .firewallRuleGroupId(rules.getAttrId())
        .vpcId(vpc.getVpcId())
        .priority(101)
        .build();
  }

  private static FirewallRuleProperty rule(int priority, CfnFirewallDomainList names, String what) {
    var rule =
        FirewallRuleProperty.builder()
            .priority(priority)
            .firewallDomainListId(names.getAttrId())
            .action(what);
    return what.equals("BLOCK") ? rule.blockResponse("NXDOMAIN").build() : rule.build();
  }

  private void logRefusals() {
    LogGroup log =
        LogGroup.Builder.create(this, "Refused")
            .retention(RetentionDays.THREE_MONTHS)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    vpc.addFlowLog(
        "Refusals",
        FlowLogOptions.builder()
            .trafficType(FlowLogTrafficType.REJECT)
            .destination(FlowLogDestination.toCloudWatchLogs(log))
            .build());
  }

  Vpc vpc() {
    return vpc;
  }

  SecurityGroup group() {
    return group;
  }
}
