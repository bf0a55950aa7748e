package io.edgewright.functions.aws.lambda;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.KeyRole;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What a function is told by its environment. Endpoints, region and credentials are the SDK's own
/// affair.
record Settings(Map<String, String> environment) {
  Settings {
    environment = Map.copyOf(environment);
  }

  static Settings ofEnvironment() {
    return new Settings(System.getenv());
  }

  private Optional<String> find(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private String required(String name) {
    return find(name)
        .orElseThrow(() ->
            new IllegalStateException("the environment of the function lacks `" + name + "`"));
  }

  String bucket() {
    return required("EDGEWRIGHT_BUCKET");
  }

  /// What the names of all tables begin with.
  String tables() {
    return required("EDGEWRIGHT_TABLES");
  }

  /// The ARN.
  String stateMachine() {
    return required("EDGEWRIGHT_STATE_MACHINE");
  }

  /// The ARN of the function that signs, for those that ask it to.
  String publishFunction() {
    return required("EDGEWRIGHT_PUBLISH_FUNCTION");
  }

  /// The KMS key of each role, none for a function that has nothing to do with keys.
  Map<KeyRole, String> keys() {
    Map<KeyRole, String> keys = new EnumMap<>(KeyRole.class);
    for (KeyRole role : KeyRole.values()) {
      key(role.word()).ifPresent(key -> keys.put(role, key));
    }
    return keys;
  }

  /// That of the root key before, where there is one.
  Optional<String> previousRootKey() {
    return key("previousRoot");
  }

  private Optional<String> key(String name) {
    return Optional.of(Json.trusted(find("EDGEWRIGHT_KEYS").orElse("{}")).path(name).asText())
        .filter(key -> !key.isEmpty());
  }

  /// What the workers' compiler calls itself. The other functions have no toolchain to ask.
  Digest compiler() {
    return new Digest(required("EDGEWRIGHT_COMPILER"));
  }

  /// Where files may be written.
  Path work() {
    return Path.of(find("EDGEWRIGHT_WORK").orElse("/tmp"));
  }

  /// For servers that are no domain with a name for each bucket.
  boolean isPathStyle() {
    return find("EDGEWRIGHT_S3_PATH_STYLE").filter("true"::equals).isPresent();
  }

  /// Whether API Gateway tells who calls. Emulators of it check nobody and name nobody; the
  /// functions must be told that they run on one.
  boolean namesCallers() {
    return find("EDGEWRIGHT_EMULATED_GATEWAY").filter("true"::equals).isEmpty();
  }

  /// What the compiler's own process is told: where its toolchain is, or is to be unpacked.
  Map<String, String> toolchain() {
    return find("EDGEWRIGHT_TOOLCHAIN")
        .map(folder -> Map.of("EDGEWRIGHT_TOOLCHAIN", folder))
        .orElseGet(() ->
            Map.of(
                "EDGEWRIGHT_CACHE",
                find("EDGEWRIGHT_CACHE").orElse(work().resolve("toolchain").toString())));
  }

  /// Of the whole function.
  long memoryBytes() {
    return find("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").map(Long::parseLong).orElse(4096L) << 20;
  }
}
