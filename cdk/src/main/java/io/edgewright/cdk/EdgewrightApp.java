package io.edgewright.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.cdk.StackOptions.Workers;
import io.edgewright.compiler.Compiler;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;

/// What `cdk` runs. Context that it knows: `workers` is `image` or `zip`; `keys` takes over keys
/// that an earlier stack left, a JSON object, role to ARN; `packages` is a folder with `service`
/// and `worker` in it, in place of packing them; `compiler` is what the workers' compiler calls
/// itself, in place of asking it.
public final class EdgewrightApp {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Behaviour of CDK that is newer than its major version, and better.
  static final Map<String, Object> CONTEXT =
      Map.of(
          "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true,
          "@aws-cdk/aws-lambda:recognizeVersionProps", true,
          "@aws-cdk/core:enablePartitionLiterals", true,
          "@aws-cdk/customresources:installLatestAwsSdkDefault", false);

  private final App app = new App(AppProps.builder().context(CONTEXT).build());
  private final Path project = Path.of(System.getProperty("edgewright.project", "."));

  private EdgewrightApp() {}

  public static void main(String[] arguments) throws IOException {
    new EdgewrightApp().synthesise();
  }

  private void synthesise() throws IOException {
    Workers workers = Workers.valueOf(context("workers").orElse("image").toUpperCase(Locale.ROOT));
    Path packages = packages(workers);
    stack(
        app,
        new StackOptions(
            workers,
            packages.resolve("service"),
            packages.resolve("worker"),
            context("compiler").orElseGet(Compiler::digest),
            keys()));
    app.synth();
  }

  /// The stack as cdk-nag judges it.
  static EdgewrightStack stack(App app, StackOptions options) {
    Aspects.of(app).add(new AwsSolutionsChecks());
    return new EdgewrightStack(app, options);
  }

  private Optional<String> context(String name) {
    return Optional.ofNullable(app.getNode().tryGetContext(name)).map(Object::toString);
  }

  private Path packages(Workers workers) throws IOException {
    Optional<String> given = context("packages");
    if (given.isPresent()) {
      return Path.of(given.get());
    }
    Path folder = project.resolve("cdk/target/packages-" + workers.name().toLowerCase(Locale.ROOT));
    var jars = new LambdaPackage(project.resolve("functions"));
    LambdaPackage.pack(jars.serviceJars(), folder.resolve("service"));
    switch (workers) {
      case ZIP -> LambdaPackage.pack(jars.workerJars(), folder.resolve("worker"));
      case IMAGE -> packImage(jars, folder.resolve("worker"));
    }
    return folder;
  }

  /// The Dockerfile with the jars beside it: the whole of what the engine is given.
  private void packImage(LambdaPackage jars, Path folder) throws IOException {
    Path recipe = project.resolve("functions/src/main/docker/worker");
    if (!Files.isDirectory(recipe)) {
      throw new FileNotFoundException("no recipe of the workers' image in `" + recipe + "`");
    }
    LambdaPackage.pack(jars.workerJars(), folder);
    try (var files = Files.list(recipe)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private Map<String, String> keys() throws IOException {
    Map<String, String> keys = new TreeMap<>();
    JsonNode given = JSON.readTree(context("keys").orElse("{}"));
    given.properties().forEach(key -> keys.put(key.getKey(), key.getValue().asText()));
    return keys;
  }
}
