package io.edgewright.cdk;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a function may do; beside it, the function that operators call and the clock may ask
/// `PublishFunction` to sign. Nothing else.
///
/// @param objects what with which objects
/// @param tables what with which tables; whoever queries a table queries its indexes
/// @param signing what with all signing keys
/// @param workflow what with executions of the workflow
record Permissions(
    List<ObjectUse> objects, List<ItemUse> tables, List<String> signing, List<String> workflow) {

  Permissions {
    objects = List.copyOf(objects);
    tables = List.copyOf(tables);
    signing = List.copyOf(signing);
    workflow = List.copyOf(workflow);
  }

  /// @param prefix of the keys, such as `models/`; empty: the bucket itself
  record ObjectUse(String prefix, List<String> actions) {
    ObjectUse {
      actions = List.copyOf(actions);
    }

    static ObjectUse of(String prefix, String... actions) {
      return new ObjectUse(prefix, Arrays.stream(actions).map(action -> "s3:" + action).toList());
    }

    /// Who asks for an object that may not be there must be allowed to list: else S3 answers 403.
    static ObjectUse lookup() {
      return of("", "ListBucket");
    }
  }

  record ItemUse(String table, List<String> actions) {
    ItemUse {
      actions = List.copyOf(actions);
    }

    static ItemUse of(String table, String... actions) {
      return new ItemUse(
          table, Arrays.stream(actions).map(action -> "dynamodb:" + action).toList());
    }
  }

  /// Of each function, by the name of its class.
  static Map<String, Permissions> all() {
    return Map.of(
        "OperatorApi", operatorApi(),
        "DeviceApi", deviceApi(),
        "InspectFunction", inspect(),
        "CompileFunction", compile(),
        "VerifyFunction", verify(),
        "PublishFunction", publish(),
        "SummariseFunction", summarise(),
        "GiveUpFunction", giveUp(),
        "TickFunction", tick());
  }

  static Permissions of(FunctionSpec function) {
    return Objects.requireNonNull(all().get(function.name()), function.name());
  }

  private static Permissions operatorApi() {
    return new Permissions(
        List.of(
            ObjectUse.lookup(),
            ObjectUse.of("models/", "GetObject", "PutObject", "DeleteObject"),
            ObjectUse.of("manifests/", "GetObject", "PutObject"),
            ObjectUse.of("staging/", "DeleteObject"),
            ObjectUse.of(
                "staging/parts/",
                "GetObject",
                "PutObject",
                "AbortMultipartUpload",
                "ListMultipartUploadParts"),
            ObjectUse.of("bundles/", "GetObject", "DeleteObject"),
            ObjectUse.of("reports/", "GetObject", "DeleteObject")),
        List.of(
            ItemUse.of("compilations", "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem"),
            ItemUse.of("bundles", "BatchGetItem", "Query", "UpdateItem", "DeleteItem"),
            ItemUse.of("deployments", "GetItem", "BatchGetItem", "Query", "PutItem"),
            ItemUse.of("outcomes", "Query"),
            ItemUse.of("claims", "PutItem"),
            ItemUse.of("devices", "GetItem", "Query", "UpdateItem"),
            ItemUse.of("reports", "Query"),
            ItemUse.of("results", "Query"),
            ItemUse.of("benchmarks", "Query"),
            ItemUse.of("idempotency", "PutItem", "UpdateItem", "DeleteItem"),
            ItemUse.of("uploads", "GetItem", "PutItem", "DeleteItem"),
            ItemUse.of("metadata", "Query")),
        List.of(),
        List.of("states:StartExecution", "states:StopExecution"));
  }

  private static Permissions deviceApi() {
    return new Permissions(
        List.of(ObjectUse.of("bundles/", "GetObject")),
        List.of(
            ItemUse.of("compilations", "GetItem"),
            ItemUse.of("deployments", "GetItem"),
            ItemUse.of("outcomes", "PutItem"),
            ItemUse.of("claims", "GetItem", "UpdateItem"),
            ItemUse.of("devices", "GetItem", "PutItem", "UpdateItem"),
            ItemUse.of("keys", "GetItem", "PutItem"),
            ItemUse.of("reports", "PutItem"),
            ItemUse.of("results", "Query", "PutItem"),
            ItemUse.of("benchmarks", "PutItem"),
            ItemUse.of("nonces", "PutItem"),
            ItemUse.of("metadata", "GetItem", "Query")),
        List.of(),
        List.of());
  }

  private static Permissions inspect() {
    return new Permissions(
        List.of(
            ObjectUse.lookup(),
            ObjectUse.of("models/", "GetObject"),
            ObjectUse.of("manifests/", "GetObject"),
            ObjectUse.of("models/jobs/", "PutObject")),
        List.of(ItemUse.of("compilations", "GetItem", "UpdateItem")),
        List.of(),
        List.of());
  }

  private static Permissions compile() {
    return worker(ObjectUse.of("models/", "GetObject"), ObjectUse.of("staging/", "PutObject"));
  }

  private static Permissions verify() {
    return worker(ObjectUse.of("staging/", "GetObject"));
  }

  private static Permissions worker(ObjectUse... objects) {
    return new Permissions(List.of(objects), List.of(), List.of(), List.of());
  }

  /// The only one with keys: it signs what the records say, for whoever calls it.
  private static Permissions publish() {
    return new Permissions(
        List.of(
            ObjectUse.lookup(),
            ObjectUse.of("staging/", "GetObject", "DeleteObject"),
            ObjectUse.of("bundles/", "GetObject", "PutObject"),
            ObjectUse.of("reports/", "GetObject", "PutObject")),
        List.of(
            ItemUse.of("compilations", "GetItem", "UpdateItem"),
            ItemUse.of("bundles", "UpdateItem"),
            ItemUse.of("deployments", "GetItem"),
            ItemUse.of("metadata", "Query", "PutItem", "ConditionCheckItem")),
        List.of("kms:GetPublicKey", "kms:Sign"),
        List.of());
  }

  private static Permissions summarise() {
    return new Permissions(
        List.of(
            ObjectUse.of("models/jobs/", "DeleteObject"), ObjectUse.of("staging/", "DeleteObject")),
        List.of(ItemUse.of("compilations", "GetItem", "UpdateItem")),
        List.of(),
        List.of());
  }

  private static Permissions giveUp() {
    return new Permissions(
        List.of(),
        List.of(ItemUse.of("compilations", "GetItem", "UpdateItem")),
        List.of(),
        List.of());
  }

  private static Permissions tick() {
    return new Permissions(
        List.of(
            ObjectUse.of("bundles/", "DeleteObject"),
            ObjectUse.of("reports/", "DeleteObject"),
            ObjectUse.of("staging/parts/", "DeleteObject", "AbortMultipartUpload")),
        List.of(
            ItemUse.of("compilations", "GetItem", "BatchGetItem", "Query", "UpdateItem"),
            ItemUse.of("bundles", "BatchGetItem", "Query", "DeleteItem"),
            ItemUse.of("deployments", "GetItem", "BatchGetItem", "Query", "PutItem"),
            ItemUse.of("outcomes", "Query"),
            ItemUse.of("devices", "Query"),
            ItemUse.of("uploads", "BatchGetItem", "Query", "DeleteItem"),
            ItemUse.of("metadata", "Query")),
        List.of(),
        List.of("states:StartExecution", "states:DescribeExecution"));
  }
}
