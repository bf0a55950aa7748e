package io.edgewright.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigateway.AccessLogField;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.ApiDefinition;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.SpecRestApi;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Permission;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/// The REST API of `openapi.yaml`. Operators sign with SigV4, which API Gateway checks; devices
/// sign with their own keys, which the service checks.
final class Api extends Construct {
  /// A tenth of what an account has in a region, twice what 1,000,000 devices need in a usual
  /// second (docs/cost.md): one service cannot starve the account.
  static final int RATE = 1_000;

  static final int BURST = 2_000;

  private final SpecRestApi api;

  Api(Construct scope, String id, ServiceFunction operators, ServiceFunction devices) {
    super(scope, id);
    var file = new GatewayFile(Contract.api(), invocation(operators), invocation(devices));
    api =
        SpecRestApi.Builder.create(this, "Rest")
            .restApiName(Naming.STACK)
            .apiDefinition(ApiDefinition.fromInline(file.definition()))
            .endpointTypes(List.of(EndpointType.REGIONAL))
            .cloudWatchRole(true)
            .cloudWatchRoleRemovalPolicy(RemovalPolicy.DESTROY)
            .deployOptions(stage())
            .build();
    mayCall(operators);
    mayCall(devices);
  }

  private static String invocation(ServiceFunction function) {
    return Fn.sub(
        "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
            + "${Function}/invocations",
        Map.of("Function", function.arn()));
  }

  private StageOptions stage() {
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .retention(RetentionDays.THREE_MONTHS)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    return StageOptions.builder()
        .stageName(Naming.STAGE)
        .accessLogDestination(new LogGroupLogDestination(log))
        .accessLogFormat(accessLine())
        .loggingLevel(MethodLoggingLevel.ERROR)
        .metricsEnabled(true)
        .tracingEnabled(true)
        .throttlingRateLimit(RATE)
        .throttlingBurstLimit(BURST)
        .build();
  }

  private static AccessLogFormat accessLine() {
    return AccessLogFormat.custom(
        String.format(
            "{\"request\":\"%s\",\"at\":\"%s\",\"method\":\"%s\",\"path\":\"%s\",\"status\":\"%s\","
                + "\"caller\":\"%s\",\"millis\":\"%s\",\"bytes\":\"%s\"}",
            AccessLogField.contextRequestId(),
            AccessLogField.contextRequestTime(),
            AccessLogField.contextHttpMethod(),
            AccessLogField.contextPath(),
            AccessLogField.contextStatus(),
            AccessLogField.contextIdentityUserArn(),
            AccessLogField.contextResponseLatency(),
            AccessLogField.contextResponseLength()));
  }

  private void mayCall(ServiceFunction function) {
    function
        .alias()
        .addPermission(
            "Api",
            Permission.builder()
                .principal(new ServicePrincipal("apigateway.amazonaws.com"))
                .sourceArn(api.arnForExecuteApi("*", "/*", Naming.STAGE))
                .build());
  }

  SpecRestApi rest() {
    return api;
  }
}
