package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.bundle.Accuracy;
import io.edgewright.compiler.bundle.BundleReport;
import io.edgewright.compiler.bundle.ReportParts;
import io.edgewright.compiler.codegen.CodeGenerator;
import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.endtoend.EndToEnd;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.manifest.Budget;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.onnx.GraphImporter;
import io.edgewright.compiler.onnx.OnnxReader;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.report.ReportPage;
import io.edgewright.compiler.schedule.Machine;
import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.schedule.Scheduler;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.testing.Browser;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Report pages as a browser shows them, on a desk and on a phone. Pictures go to `target/reports`.
@Tag("slow")
class ReportInBrowserTest {
  private static final int PHONE = 390;
  private static final int DESK = 1200;

  /// What stands beyond the window without being in a box that scrolls, what could run, and sizes.
  private static final String MEASURE =
      """
      (() => {
        const lines = [];
        lines.push("width " + document.documentElement.scrollWidth);
        document.querySelectorAll("script, img, iframe, object, embed, link, a, form")
          .forEach(element => lines.push("foreign " + element.tagName));
        document.querySelectorAll("*").forEach(element => {
          for (const attribute of element.attributes)
            if (attribute.name.startsWith("on")) lines.push("handler " + attribute.name);
          if (!element.closest(".scroll, .name, b") &&
              element.getBoundingClientRect().right > WIDTH + 0.5)
            lines.push("beyond " + element.tagName + " " + element.className);
        });
        return lines.join("\\n");
      })()
      """;

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    browser = Browser.start(folder);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  /// @param lines of the script
  /// @param console what the browser complained of
  private record Seen(List<String> lines, List<String> console) {}

  private static Seen look(String page, int width) throws IOException, InterruptedException {
    int before = browser.complaints().size();
    browser.window(width, false);
    browser.go(Files.writeString(folder.resolve("page.html"), page).toUri().toString());
    String lines = browser.evaluate(MEASURE.replace("WIDTH", Integer.toString(width)));
    List<String> console = browser.complaints();
    return new Seen(lines.lines().toList(), console.subList(before, console.size()));
  }

  @ParameterizedTest
  @CsvSource({
    "mnist_8, raspberry-pi-3",
    "tv_efficientnet_b0, raspberry-pi-4",
    "yolox_nano_416, x86-64-v3",
    "mlperf_ad01_int8, x86-64-v2"
  })
  void fitsDeskAndPhone(String model, String target) throws IOException, InterruptedException {
    String page = page("models/" + model + "/model.onnx", target);
    Path pictures =
        Files.createDirectories(SharedTestdata.project().resolve("compiler-lib/target/reports"));
    for (int width : List.of(PHONE, DESK)) {
      Seen seen = look(page, width);
      assertThat(seen.console()).isEmpty();
      assertThat(seen.lines()).containsExactly("width " + width);
      browser.photograph(pictures.resolve(model + "-" + width + ".png"));
    }
  }

  @ParameterizedTest
  @CsvSource({"doc_html, x86-64-v3", "names_c_injection, x86-64-v3", "names_keywords, x86-64-v3"})
  void takesNothingOfAHostileModelForMarkup(String model, String target)
      throws IOException, InterruptedException {
    Seen seen = look(page("hostile/" + model + ".onnx", target), PHONE);
    assertThat(seen.console()).isEmpty();
    assertThat(seen.lines()).containsExactly("width " + PHONE);
  }

  /// The checks above would notice.
  @Test
  void noticesWhatIsWrongWithAPage() throws IOException, InterruptedException {
    String page = page("models/mnist_8/model.onnx", "x86-64-v3");
    String foreign = "<img src=x onerror=alert(1)><b style=\"display:block;width:500px\">wide</b>";
    String wrong = page.replace("</main>", foreign + "<p style=\"width:500px\">wide</p></main>");
    Seen seen = look(wrong, PHONE);
    assertThat(seen.lines()).contains("foreign IMG", "handler onerror");
    assertThat(seen.lines()).anyMatch(line -> line.startsWith("beyond P"));
    assertThat(seen.lines()).doesNotContain("width " + PHONE);
    assertThat(seen.console()).anyMatch(line -> line.contains("Content Security Policy"));
  }

  /// Without compiling: the report of a program does not depend on its machine code.
  private static String page(String model, String device) throws IOException {
    byte[] bytes = Files.readAllBytes(SharedTestdata.require(model));
    Target target = TargetCatalog.standard().get(device, Location.option("--target"));
    Graph network = GraphImporter.read(OnnxReader.read(bytes), Map.of());
    EndToEnd product = EndToEnd.wrap(network, Manifest.raw("product"));
    Graph optimised = PassList.run(product.graph());
    Program program = Scheduler.schedule(optimised, Machine.of(target));
    NativeProgram source =
        CodeGenerator.generate(
            "product",
            device,
            program,
            product.inputs(),
            product.outputs(),
            LayerCosts.of(optimised, program, target),
            0);
    Budget budget = new Budget(Optional.of(100.0), Optional.of(64L << 20));
    ReportParts parts =
        new ReportParts(
            new Accuracy.Measured(List.of(new Accuracy.Output("scores", 1.5e-6, 2.5e-7, 9))),
            Portraits.of(optimised, program, budget));
    return ReportPage.html(BundleReport.json(source, target, parts, Optional.empty()));
  }
}
