package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.InstalledTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Chromium without a screen. A page is shown in a frame of the width that is asked for (a window
/// cannot be as narrow as a phone), beside a script that measures it from outside.
final class Browser {
  private static final Pattern MEASURED =
      Pattern.compile("<pre id=\"measured\">(.*?)</pre>", Pattern.DOTALL);

  /// What stands beyond the frame without being in a box that scrolls, what could run, and sizes.
  private static final String SCRIPT =
      """
      const frame = document.querySelector("iframe");
      frame.onload = () => {
        const page = frame.contentDocument, lines = [];
        lines.push("width " + page.documentElement.scrollWidth);
        lines.push("height " + page.documentElement.scrollHeight);
        page.querySelectorAll("script, img, iframe, object, embed, link, a, form")
          .forEach(element => lines.push("foreign " + element.tagName));
        page.querySelectorAll("*").forEach(element => {
          for (const attribute of element.attributes)
            if (attribute.name.startsWith("on")) lines.push("handler " + attribute.name);
          if (!element.closest(".scroll, .name, b") &&
              element.getBoundingClientRect().right > frame.clientWidth + 0.5)
            lines.push("beyond " + element.tagName + " " + element.className);
        });
        document.querySelector("#measured").textContent = lines.join("\\n");
      };
      """;

  private final Path folder;

  Browser(Path folder) {
    this.folder = folder;
  }

  /// @param lines of the script
  /// @param console what the browser complained of
  record Seen(List<String> lines, List<String> console) {
    int height() {
      return lines.stream()
          .filter(line -> line.startsWith("height "))
          .mapToInt(line -> Integer.parseInt(line.substring(7)))
          .findFirst()
          .orElseThrow();
    }
  }

  Seen look(String page, int width) throws IOException, InterruptedException {
    Path wrapper = Files.writeString(folder.resolve("wrapper.html"), framed(page, width, 900));
    Path output = folder.resolve("dom.html");
    List<String> console =
        run(output, "--virtual-time-budget=5000", "--dump-dom", wrapper.toUri().toString());
    Matcher measured = MEASURED.matcher(Files.readString(output));
    assertThat(measured.find()).as("the page was measured").isTrue();
    return new Seen(measured.group(1).lines().toList(), console);
  }

  /// A picture of the whole page.
  void photograph(String page, int width, int height, Path picture)
      throws IOException, InterruptedException {
    Path wrapper = Files.writeString(folder.resolve("wrapper.html"), framed(page, width, height));
    run(
        folder.resolve("nothing.txt"),
        "--window-size=" + Math.max(width, 500) + "," + height,
        "--screenshot=" + picture,
        wrapper.toUri().toString());
  }

  private static String framed(String page, int width, int height) {
    return "<!doctype html><meta charset=\"utf-8\"><body style=\"margin:0\">"
        + "<iframe style=\"border:0;display:block;width:%dpx;height:%dpx\" srcdoc=\""
            .formatted(width, height)
        + page.replace("&", "&amp;").replace("\"", "&quot;")
        + "\"></iframe><pre id=\"measured\"></pre><script>"
        + SCRIPT
        + "</script>";
  }

  /// @return lines of the console
  private List<String> run(Path output, String... arguments)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                InstalledTool.chromium().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile")));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    try (var lines = Files.lines(errors)) {
      return lines.filter(line -> line.contains(":CONSOLE")).toList();
    }
  }
}
