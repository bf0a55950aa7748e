package io.edgewright.cdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.cdk.StackOptions.Workers;
import io.edgewright.testing.InstalledTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.cxapi.CloudAssembly;
import software.amazon.awscdk.cxapi.SynthesisMessage;

/// The stack's template and what cdk-nag said of it. Synthesising starts a node process and takes
/// seconds, so it is done once for all tests of a virtual machine.
record Synthesised(JsonNode template, List<String> findings) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Workers, Synthesised> ALL = new EnumMap<>(Workers.class);

  static synchronized Synthesised with(Workers workers) {
    assumeTrue(InstalledTool.onPath("node").isPresent(), "needs node (Debian: nodejs)");
    return ALL.computeIfAbsent(workers, Synthesised::synthesise);
  }

  static JsonNode imageTemplate() {
    return with(Workers.IMAGE).template();
  }

  /// The packages are small stand-ins: what is in them does not show in the template.
  private static Synthesised synthesise(Workers workers) {
    try {
      Path folder = Files.createTempDirectory("edgewright-synth");
      Path service = Files.createDirectories(folder.resolve("service"));
      Files.writeString(service.resolve("jar"), "service");
      Path worker = Files.createDirectories(folder.resolve("worker"));
      Files.writeString(worker.resolve("Dockerfile"), "FROM scratch\n");
      App app =
          new App(
              AppProps.builder()
                  .outdir(folder.resolve("out").toString())
                  .analyticsReporting(false)
                  .context(EdgewrightApp.CONTEXT)
                  .build());
      EdgewrightStack stack =
          EdgewrightApp.stack(
              app, new StackOptions(workers, service, worker, "0".repeat(64), Map.of()));
      CloudAssembly assembly = app.synth();
      var artifact = assembly.getStackByName(stack.getStackName());
      return new Synthesised(
          JSON.readTree(Files.readString(Path.of(artifact.getTemplateFullPath()))),
          artifact.getMessages().stream().map(Synthesised::text).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// CDK deprecates the type of messages and offers no other.
  @SuppressWarnings("deprecation")
  private static String text(SynthesisMessage message) {
    return message.getLevel() + " " + message.getId() + ": " + message.getEntry().getData();
  }
}
