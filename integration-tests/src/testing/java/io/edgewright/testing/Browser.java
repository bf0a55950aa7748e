package io.edgewright.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chromium without a screen: one tab, as wide and as dark as a test wants it. */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final DevTools tab;

  private Browser(Process process, DevTools tab) {
    this.process = process;
    this.tab = tab;
  }

  /**
   * Starts one; without Chromium the running test is skipped.
   *
   * @param folder where it keeps its profile and its log
   */
  public static Browser start(Path folder) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(folder, "profile");
    Process process =
        new ProcessBuilder(command(profile))
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log.txt").toFile())
            .start();
    try {
      DevTools tab = new DevTools(newTab(profile.resolve("DevToolsActivePort")));
      Browser browser = new Browser(process, tab);
      for (String domain : List.of("Page", "Runtime", "Log", "DOM")) {
        tab.call(domain + ".enable", "{}");
      }
      return browser;
    } catch (IOException | RuntimeException | AssertionError failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  private static List<String> command(Path profile) {
    return List.of(
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
        "--remote-debugging-port=0",
        "--user-data-dir=" + profile,
        "about:blank");
  }

  /** Chromium writes the port that it took into a file of its profile. */
  private static URI newTab(Path portFile) throws IOException, InterruptedException {
    await("no port of Chromium", () -> Files.exists(portFile) && Files.size(portFile) > 0);
    String port = Files.readAllLines(portFile).get(0);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return URI.create(DevTools.field(answer, "webSocketDebuggerUrl").orElseThrow());
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(String otherwise, Condition condition)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(otherwise);
      }
      Thread.sleep(50);
    }
  }

  /** How wide the window is, in points, and whether its user prefers dark pages. */
  public void window(int width, boolean isDark) {
    tab.call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":900,\"deviceScaleFactor\":1,\"mobile\":%b}"
            .formatted(width, width < 500));
    tab.call(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}"
            .formatted(isDark ? "dark" : "light"));
  }

  /** Whether pages may run their scripts. */
  public void scripts(boolean run) {
    tab.call("Emulation.setScriptExecutionDisabled", "{\"value\":" + !run + "}");
  }

  /** Goes to an address and waits until the page is there. */
  public void go(String address) throws IOException, InterruptedException {
    long before = loads();
    tab.call("Page.navigate", "{\"url\":" + DevTools.quoted(address) + "}");
    await(address + " was not loaded", () -> loads() > before);
  }

  private long loads() {
    return tab.events().stream()
        .filter(event -> method(event).equals("Page.loadEventFired"))
        .count();
  }

  private static String method(String event) {
    return DevTools.field(event, "method").orElse("");
  }

  /** The value of a JavaScript expression, or of the promise that it gives, as text. */
  public String evaluate(String expression) {
    String answer =
        tab.call(
            "Runtime.evaluate",
            "{\"expression\":%s,\"returnByValue\":true,\"awaitPromise\":true}"
                .formatted(DevTools.quoted(expression)));
    Optional<String> thrown =
        DevTools.field(answer, "result", "exceptionDetails", "exception", "description");
    if (thrown.isPresent()) {
      throw new IllegalStateException(expression + ": " + thrown.get());
    }
    return DevTools.field(answer, "result", "result", "value").orElse("");
  }

  /** Waits until a JavaScript expression is true; the page may change in the meantime. */
  public void await(String expression) throws IOException, InterruptedException {
    await("never: " + expression, () -> {
      try {
        return evaluate("String(Boolean(" + expression + "))").equals("true");
      } catch (IllegalStateException changing) {
        return false;
      }
    });
  }

  /** Chooses files in the field that a CSS selector finds. */
  public void choose(String selector, Path... files) {
    String document = tab.call("DOM.getDocument", "{\"depth\":0}");
    String node =
        tab.call(
            "DOM.querySelector",
            "{\"nodeId\":%s,\"selector\":%s}"
                .formatted(
                    DevTools.field(document, "result", "root", "nodeId").orElseThrow(),
                    DevTools.quoted(selector)));
    String names =
        Stream.of(files)
            .map(file -> DevTools.quoted(file.toString()))
            .collect(Collectors.joining(",", "[", "]"));
    tab.call(
        "DOM.setFileInputFiles",
        "{\"nodeId\":%s,\"files\":%s}"
            .formatted(DevTools.field(node, "result", "nodeId").orElseThrow(), names));
  }

  /** A PNG of the whole page. */
  public void photograph(Path picture) throws IOException {
    String answer = tab.call("Page.captureScreenshot", "{\"captureBeyondViewport\":true}");
    String image = DevTools.field(answer, "result", "data").orElseThrow();
    Files.write(picture, Base64.getDecoder().decode(image));
  }

  /** What the browser complained of so far: policies that were broken, scripts that failed. */
  public List<String> complaints() {
    return tab.events().stream()
        .filter(event ->
            List.of("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")
                .contains(method(event)))
        .toList();
  }

  @Override
  public void close() {
    tab.close();
    process.destroy();
    process.onExit().join();
  }
}
