package io.edgewright.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;

/// A model goes in, a device answers. Usage: `Demo [EXAMPLE]`; started by `./edgewright demo`.
public final class Demo {
  private static final String GROUP = "demo";
  private static final String DEVICE = "host";
  private static final String BOARD = "raspberry-pi-3";
  private static final int TIMED_FRAMES = 20;
  private static final int EMULATED_FRAMES = 1;

  private final PrintStream out;
  private final boolean live;
  private final Launcher launcher;
  private final Example example;
  private final Path folder;

  Demo(PrintStream out, boolean live, Launcher launcher, Example example, Path folder) {
    this.out = out;
    this.live = live;
    this.launcher = launcher;
    this.example = example;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path project = Path.of(System.getProperty("edgewright.project", "."));
    try {
      var example = Example.named(project, arguments.length > 0 ? arguments[0] : "face-detector");
      Path folder = project.resolve("demo-output");
      new Demo(
              out,
              Boolean.getBoolean("edgewright.terminal"),
              new Launcher(project),
              example,
              folder)
          .run();
    } catch (DemoException | IOException failed) {
      out.printf("%nThe demo stopped: %s%n", failed.getMessage());
      System.exit(1);
    }
  }

  /// The whole story. Everything that it starts has ended when it returns.
  List<Detection> run() throws IOException, InterruptedException {
    String name = example.folder().getFileName().toString();
    out.printf("%nEdgewright: the model of %s goes in, a device answers.%n%n", name);
    try (LocalService service = LocalService.start(launcher, folder.resolve("service"))) {
      out.printf(
          "1. Service       %s, data in %s%n", service.address(), near(folder.resolve("service")));
      String compilation = compile(service);
      LocalDevice device = enroll(service);
      deploy(service, compilation, device);
      Picture picture = Picture.read(example.picture());
      ModelRun run = runOnDevice(device, picture, folder.resolve(name + ".png"));
      runOnBoard(service, compilation, picture);
      sayWhatIsNext();
      return run.detections();
    }
  }

  /// POSTs manifest and model, shows how far each target is, answers the compilation's id.
  private String compile(LocalService service) throws IOException, InterruptedException {
    out.printf("2. Compile       %s%n", near(example.model()));
    long start = System.nanoTime();
    var board = new ProgressBoard(out, live);
    JsonNode status =
        service.compiled(example.manifest(), example.model(), now -> board.show(lines(now)));
    String id = status.get("id").asText();
    if (!status.get("state").asText().equals("done")) {
      throw new DemoException("the compilation failed:\n" + problems(status));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf(Locale.ROOT, "                 done in %.1f s, compilation %.12s%n", seconds, id);
    return id;
  }

  private static List<ProgressBoard.Line> lines(JsonNode status) {
    var lines = new ArrayList<ProgressBoard.Line>();
    for (JsonNode target : status.get("targets")) {
      String state = target.get("state").asText();
      String stage = target.get("stage").asText();
      JsonNode bundle = target.get("bundle");
      String note =
          bundle.isNull()
              ? (state.equals("running") ? stage : state)
              : "%s: %d KB, self-test %s"
                  .formatted(
                      state, bundle.get("bytes").asLong() / 1024, bundle.get("verified").asText());
      int percent = target.path("percent").asInt();
      lines.add(new ProgressBoard.Line(target.get("target").asText(), percent, note));
    }
    return lines;
  }

  /// What went wrong, of the request as a whole and of each target: a line each.
  private static String problems(JsonNode status) {
    var lines = new StringJoiner("\n");
    for (JsonNode problem : status.findValues("problems")) {
      for (JsonNode one : problem) {
        lines.add(
            "%s %s: %s; allowed: %s; %s"
                .formatted(
                    one.path("code").asText(),
                    one.path("where").asText(),
                    one.path("seen").asText(),
                    one.path("allowed").asText(),
                    one.path("hint").asText()));
      }
    }
    return lines.toString();
  }

  private LocalDevice enroll(LocalService service) throws IOException, InterruptedException {
    ObjectNode claimed = JsonNodeFactory.instance.objectNode().put("group", GROUP);
    String claim = service.post("/v1/claims", claimed).get("claim").asText();
    Path home = folder.resolve("device");
    deleteFolder(home);
    var device = new LocalDevice(launcher, home);
    device.enroll(service.address(), claim, DEVICE);
    out.printf(
        "3. Enrol         in group `%s` with a one-time claim; the device's key stays in %s%n",
        GROUP, near(home));
    return device;
  }

  private void deploy(LocalService service, String compilation, LocalDevice device)
      throws IOException, InterruptedException {
    ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("compilation", compilation);
    service.put("/v1/deployments/" + GROUP, wanted);
    out.printf("4. Sync          %s%n", device.sync());
  }

  private ModelRun runOnDevice(LocalDevice device, Picture picture, Path drawn)
      throws IOException, InterruptedException {
    ModelRun run = device.run(picture, TIMED_FRAMES);
    out.printf("5. Run           %s%n", near(example.picture()));
    run.detections().forEach(found -> out.printf("                 %s%n", found.sentence()));
    picture.drawTo(drawn, run.detections());
    out.printf("                 %s, drawn in %s%n", run.latency(), near(drawn));
    return run;
  }

  /// The bundle for the board on the same picture, where an emulator is installed.
  private void runOnBoard(LocalService service, String compilation, Picture picture)
      throws IOException, InterruptedException {
    Optional<String> emulator = emulator();
    if (emulator.isEmpty()) {
      out.printf("6. Emulate       left out: no qemu-aarch64 here (Debian: qemu-user)%n");
      return;
    }
    Path unpacked = folder.resolve(BOARD);
    deleteFolder(unpacked);
    UnpackedBundle.into(
        unpacked,
        service.download("/v1/compilations/" + compilation + "/targets/" + BOARD + "/bundle"));
    var program = new ProcessBuilder(emulator.get(), unpacked.resolve("model").toString());
    ModelRun run = ModelRun.of(program, picture, EMULATED_FRAMES);
    out.printf("6. Emulate       the same picture through the bundle for %s%n", BOARD);
    run.detections().forEach(found -> out.printf("                 %s%n", found.sentence()));
  }

  private static Optional<String> emulator() throws InterruptedException {
    for (String name : List.of("qemu-aarch64", "qemu-aarch64-static")) {
      try {
        Launcher.run(new ProcessBuilder(name, "--version"), new byte[0]);
        return Optional.of(name);
      } catch (IOException absent) {
        // The next name may be the one.
      }
    }
    return Optional.empty();
  }

  private static void deleteFolder(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /// A path as a person would type it here.
  private static Path near(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  private void sayWhatIsNext() {
    out.printf(
        """

        Try next:
          ./edgewright demo pictograms
          ./edgewright device run --home %s --input YOUR_PICTURE.png --once
          ./edgewright compile %s --manifest %s -o bundles
          ./edgewright serve --data service-data
        """,
        near(folder.resolve("device")), near(example.model()), near(example.manifest()));
  }
}
