package io.edgewright.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// What `cdk synth` makes of the stack whose workers are zips: LocalStack's community edition runs
/// no images.
///
/// @param folder where CDK wrote it
record SynthesisedStack(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A file to be put where the template expects it.
  record Asset(Path file, String key) {}

  static SynthesisedStack of(Path project, Path folder) throws IOException, InterruptedException {
    Path log = Files.createDirectories(folder).resolve("synth.log");
    String libraries = Files.readString(project.resolve("cdk/target/runtime.classpath")).strip();
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Dedgewright.project=" + project,
                "-cp",
                project.resolve("cdk/target/cdk.jar") + ":" + libraries,
                "io.edgewright.cdk.EdgewrightApp")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("CDK_OUTDIR", folder.toString());
    builder.environment().put("CDK_CONTEXT_JSON", "{\"workers\":\"zip\"}");
    builder.environment().put("JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "true");
    if (builder.start().waitFor() != 0) {
      throw new IOException("the stack was not synthesised:\n" + Files.readString(log));
    }
    return new SynthesisedStack(folder);
  }

  /// What functions are made from, as zips.
  List<Asset> assets() throws IOException {
    List<Asset> assets = new ArrayList<>();
    for (JsonNode file :
        JSON.readTree(folder.resolve("Edgewright.assets.json").toFile()).get("files")) {
      Path source = folder.resolve(file.at("/source/path").asText());
      if (file.at("/source/packaging").asText().equals("zip")) {
        String key = file.get("destinations").iterator().next().get("objectKey").asText();
        assets.add(new Asset(zip(source), key));
      }
    }
    return assets;
  }

  private static Path zip(Path source) throws IOException {
    Path file = source.resolveSibling(source.getFileName() + ".zip");
    try (OutputStream out = Files.newOutputStream(file);
        var zip = new ZipOutputStream(out);
        Stream<Path> all = Files.walk(source)) {
      // Jars are compressed.
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(source.relativize(path).toString()));
        Files.copy(path, zip);
        zip.closeEntry();
      }
    }
    return file;
  }

  /// The template with what this place needs: callers have no names (LocalStack's API Gateway
  /// checks no signatures), buckets no domains; the toolchain is unpacked once for all. Of `cdk
  /// bootstrap` there is only the bucket.
  String template() throws IOException {
    var template = (ObjectNode) JSON.readTree(folder.resolve("Edgewright.template.json").toFile());
    template.remove(List.of("Parameters", "Rules"));
    for (JsonNode resource : template.get("Resources")) {
      if (resource.get("Type").asText().equals("AWS::Lambda::Function")) {
        ((ObjectNode) resource.at("/Properties/Environment/Variables"))
            .put("EDGEWRIGHT_S3_PATH_STYLE", "true")
            .put("EDGEWRIGHT_EMULATED_GATEWAY", "true")
            .put("EDGEWRIGHT_CACHE", "/var/cache/edgewright");
      }
    }
    return template.toString();
  }
}
