package io.edgewright.functions.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.Plan;
import io.edgewright.compiler.PlanJson;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.inspection.CompilerInspector;
import io.edgewright.functions.core.store.Samples;
import io.edgewright.functions.worker.CompilerCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Stands in for the compiler, in this process and as a child process. Its models are texts: a
/// first line `MODEL`, then orders, each for one target or for `*`:
///
/// ```
/// problem NODE              a problem that inspection finds
/// sleep TARGET MILLIS       takes time
/// refuse TARGET [COUNT]     so many problems of the caller that only compiling finds
/// exit TARGET STATUS        ends with this status and says nothing
/// once TARGET FILE          fails unless FILE is there, and makes it
/// spawn TARGET FILE         starts a grandchild that writes its pid to FILE and sleeps
/// eat TARGET                needs more memory than there is
/// bundle TARGET WORD        writes a bundle that is wrong in the way that WORD says; `unique`
///                           writes another one each time
/// ```
public final class FakeCompiler {
  static final Digest DIGEST = Samples.digest("fake compiler");

  private FakeCompiler() {}

  static CompilerInspector inspector() {
    return inspector(DIGEST);
  }

  /// One that says it is another compiler.
  static CompilerInspector inspector(Digest digest) {
    return new CompilerInspector(digest, FakeCompiler::problems, FakeCompiler::plan);
  }

  static CompilerCommand command(String... jvmOptions) {
    List<String> start =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError"));
    start.addAll(List.of(jvmOptions));
    start.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), FakeCompiler.class.getName(), "compile"));
    return (model, manifest, output) -> {
      List<String> command = new ArrayList<>(start);
      command.addAll(List.of(model.toString(), "--manifest", manifest.toString()));
      command.addAll(List.of("-o", output.toString(), "--json"));
      return command;
    };
  }

  private static List<Problem> problems(byte[] model, Manifest manifest) {
    List<String> lines = new String(model, StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals("MODEL")) {
      return List.of(
          new Problem(
              ErrorCode.MODEL_UNREADABLE, Location.MODEL, "no model", "a model", "send a model"));
    }
    return lines.stream()
        .filter(line -> line.startsWith("problem "))
        .map(line ->
            new Problem(
                ErrorCode.OPERATOR_UNSUPPORTED,
                Location.node(line.substring(8), "Foo"),
                "`Foo`",
                "`Conv`",
                "replace it"))
        .toList();
  }

  private static ObjectNode plan(byte[] model, Manifest manifest) {
    List<Problem> problems = problems(model, manifest);
    if (problems.stream().anyMatch(problem -> problem.code() == ErrorCode.MODEL_UNREADABLE)) {
      throw new CompileException(problems);
    }
    return PlanJson.of(new Plan(manifest.name(), List.of(), problems, List.of()));
  }

  public static void main(String[] arguments) throws Exception {
    Path model = Path.of(arguments[1]);
    Path manifest = Path.of(arguments[3]);
    String target =
        Json.parse(Files.readAllBytes(manifest)).path("targets").get(0).path("device").asText();
    Path output = Path.of(arguments[5]);
    for (String stage : List.of("read", "import", "optimise", "schedule", "compile")) {
      System.err.println("progress " + target + " " + stage);
    }
    System.err.println("clang: a warning");
    Optional<String> wrong = Optional.empty();
    try {
      for (String line : Files.readAllLines(model)) {
        String[] words = line.split(" ");
        if (words.length > 1 && (words[1].equals(target) || words[1].equals("*"))) {
          wrong =
              wrong.or(() -> words[0].equals("bundle") ? Optional.of(words[2]) : Optional.empty());
          obey(words);
        }
      }
    } catch (CompileException e) {
      List<ServiceProblem> problems = e.problems().stream().map(ServiceProblem::of).toList();
      System.out.println(Json.text(ServiceProblem.toJson(problems)));
      System.exit(2);
    }
    System.err.println("progress " + target + " bundle");
    write(output, bundle(model, manifest, target, wrong.orElse("")), target, wrong.orElse(""));
  }

  private static void obey(String[] words) throws Exception {
    switch (words[0]) {
      case "sleep" -> Thread.sleep(Long.parseLong(words[2]));
      case "exit" -> System.exit(Integer.parseInt(words[2]));
      case "refuse" ->
          throw new CompileException(
              Collections.nCopies(
                  words.length > 2 ? Integer.parseInt(words[2]) : 1,
                  new Problem(
                      ErrorCode.GRAPH_INVALID,
                      Location.MODEL,
                      "a wrong graph",
                      "a right one",
                      "mend it")));
      case "once" -> {
        if (!Files.exists(Path.of(words[2]))) {
          Files.createFile(Path.of(words[2]));
          System.err.println("Segmentation fault");
          System.exit(1);
        }
      }
      case "spawn" ->
          new ProcessBuilder("/bin/sh", "-c", "echo $$ > " + words[2] + "; exec sleep 1000")
              .start();
      case "eat" -> {
        List<byte[]> eaten = new ArrayList<>();
        while (eaten.size() < 10_000) {
          eaten.add(new byte[10 << 20]);
        }
      }
      default -> {}
    }
  }

  private static Map<String, byte[]> bundle(Path model, Path manifest, String target, String wrong)
      throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("model", "#!/bin/sh\necho '{\"ok\":true}'\n".getBytes(StandardCharsets.UTF_8));
    String number = wrong.equals("unique") ? ",\"number\":" + System.nanoTime() : "";
    entries.put(
        "report.json",
        ("{\"target\":\"" + target + "\"" + number + "}").getBytes(StandardCharsets.UTF_8));
    if (wrong.equals("path")) {
      entries.put("../../evil", new byte[1]);
    }
    ObjectNode description =
        Json.object()
            .put("format", 1)
            .put("name", Json.parse(Files.readAllBytes(manifest)).path("name").asText())
            .put("compiler", DIGEST.toString())
            .put("model", Digest.of(Files.readAllBytes(model)).toString())
            .put("manifest", Digest.of(Files.readAllBytes(manifest)).toString());
    description
        .putObject("target")
        .put("id", wrong.equals("target") ? "other" : target)
        .put("triple", "x86_64-linux-gnu")
        .putArray("features");
    ArrayNode list = description.putArray("entries");
    entries.forEach((name, bytes) ->
        list.addObject()
            .put("path", name)
            .put("bytes", bytes.length)
            .put("sha256", Digest.of(bytes).hex())
            .put("executable", name.equals("model")));
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("bundle.json", Json.bytes(description));
    all.putAll(entries);
    switch (wrong) {
      case "digest" ->
          all.put("report.json", "{\"target\":\"xxxx\"}".getBytes(StandardCharsets.UTF_8));
      case "missing" -> all.remove("report.json");
      case "unlisted" -> all.put("extra", new byte[1]);
      default -> {}
    }
    return all;
  }

  private static void write(Path folder, Map<String, byte[]> entries, String target, String wrong)
      throws IOException {
    Path file = folder.resolve("bundle-" + target + ".zip");
    if (wrong.equals("zip")) {
      Files.writeString(file, "no zip");
      return;
    }
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        CRC32 sum = new CRC32();
        sum.update(entry.getValue());
        header.setCrc(sum.getValue());
        header.setSize(entry.getValue().length);
        header.setTime(0);
        header.setMethod(wrong.equals("deflated") ? ZipEntry.DEFLATED : ZipEntry.STORED);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    System.out.println(file);
  }
}
