package io.edgewright.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.PolicyStatement;

/// What functions work with, and the one place that turns [Permissions] into policies.
record Resources(Store store, Tables tables, SigningKeys keys, String compiler) {
  /// Functions that say which compiler the workers have, and have none themselves.
  private static final Set<String> NAME_COMPILER =
      Set.of("OperatorApi", "DeviceApi", "InspectFunction", "TickFunction");

  /// What a function is told of it.
  Map<String, String> environment(FunctionSpec function, Permissions permissions) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("EDGEWRIGHT_BUCKET", store.bucket().getBucketName());
    if (NAME_COMPILER.contains(function.name())) {
      environment.put("EDGEWRIGHT_COMPILER", compiler);
    }
    if (!permissions.tables().isEmpty()) {
      environment.put("EDGEWRIGHT_TABLES", Naming.PREFIX);
    }
    if (!permissions.signing().isEmpty()) {
      environment.put("EDGEWRIGHT_KEYS", keys.asJson());
    }
    return environment;
  }

  List<PolicyStatement> statements(Permissions permissions) {
    List<PolicyStatement> statements = new ArrayList<>();
    permissions.objects().forEach(objects -> statements.add(statement(objects)));
    permissions.tables().forEach(items -> statements.add(statement(items)));
    if (!permissions.signing().isEmpty()) {
      statements.add(allow(permissions.signing(), keys.arns()));
    }
    return statements;
  }

  private PolicyStatement statement(Permissions.ObjectUse objects) {
    String resource =
        objects.prefix().isEmpty()
            ? store.bucket().getBucketArn()
            : store.bucket().arnForObjects(objects.prefix() + "*");
    return allow(objects.actions(), List.of(resource));
  }

  private PolicyStatement statement(Permissions.ItemUse items) {
    Table table = tables.table(items.table());
    List<String> resources = new ArrayList<>(List.of(table.getTableArn()));
    if (items.actions().contains("dynamodb:Query")) {
      Contract.indexes(items.table())
          .forEach(index -> resources.add(table.getTableArn() + "/index/" + index));
    }
    return allow(items.actions(), resources);
  }

  static PolicyStatement allow(List<String> actions, List<String> resources) {
    return PolicyStatement.Builder.create().actions(actions).resources(resources).build();
  }
}
