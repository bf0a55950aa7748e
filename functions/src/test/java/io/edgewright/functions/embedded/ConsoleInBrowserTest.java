package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.Browser;
import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages as Chromium shows them, on a phone and on a desk, by day and by night. Pictures go to
/// `target/pages`.
@Tag("slow")
class ConsoleInBrowserTest {
  private static final int PHONE = 390;
  private static final int DESK = 1200;

  @TempDir static Path folder;
  private static TestService service;
  private static CheckedClient client;
  private static Browser browser;
  private static final Map<String, String> PAGES = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    browser = Browser.start(folder);
    service = TestService.start(folder.resolve("data"));
    client = service.client();
    PAGES.putAll(new ShownPages(client).make());
  }

  @AfterAll
  static void stop() throws IOException {
    if (service != null) {
      service.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void logIn() throws IOException, InterruptedException {
    browser.scripts(true);
    browser.window(DESK, false);
    go("/login");
    browser.evaluate(
        "document.getElementById('token').value = '"
            + client.token()
            + "';"
            + " document.querySelector('main form').requestSubmit()");
    browser.await(at("/"));
  }

  private static String path(String page) {
    return Objects.requireNonNull(PAGES.get(page));
  }

  private static String at(String path) {
    return "location.pathname === '" + path + "' && document.readyState === 'complete'";
  }

  private static void go(String path) throws IOException, InterruptedException {
    browser.go(client.base() + path);
  }

  private static String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "').textContent");
  }

  /// What is wrong with the page that is shown, line by line; nothing on a good one.
  private static String wrongs(int width) {
    return browser.evaluate(PageCheck.at(width));
  }

  @Test
  void fitPhoneAndDeskByDayAndByNight() throws IOException, InterruptedException {
    Path pictures =
        Files.createDirectories(SharedTestdata.project().resolve("functions/target/pages"));
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      go(page.getValue());
      browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
      for (int width : List.of(PHONE, DESK)) {
        for (boolean isDark : List.of(false, true)) {
          browser.window(width, isDark);
          String name = page.getKey() + "-" + width + (isDark ? "-dark" : "") + ".png";
          browser.photograph(pictures.resolve(name));
          assertThat(wrongs(width)).as(name).isEmpty();
        }
      }
    }
  }

  /// The check above would notice.
  @Test
  void noticesWhatIsWrongWithAPage() throws IOException, InterruptedException {
    go("/");
    browser.window(PHONE, false);
    browser.evaluate(
        """
        document.getElementById("main").insertAdjacentHTML("beforeend",
          "<p id=wide>" + "x".repeat(9) + "</p><input><h2>x</h2><h4>deep</h4><img src=data:,>" +
          "<button></button><p id=faint>faint</p>");
        document.getElementById("wide").style.width = "500px";
        document.getElementById("faint").style.color = "#aaa";
        """);
    assertThat(wrongs(PHONE))
        .contains("wider than the window", "no label: INPUT", "heading skipped: H4")
        .contains("no text: IMG", "no text: BUTTON", "contrast 2.1: faint");
  }

  @Test
  void runNothingOfWhatADeviceSays() throws IOException, InterruptedException {
    int before = browser.complaints().size();
    go(path("device"));
    assertThat(browser.evaluate("document.title")).startsWith("a device");
    assertThat(browser.evaluate("String(document.querySelectorAll('main img').length)"))
        .isEqualTo("0");
    assertThat(text("main")).contains(ShownPages.HOSTILE, ShownPages.LONG);
    assertThat(browser.complaints().subList(before, browser.complaints().size())).isEmpty();
  }

  @Test
  void refuseWhatThePolicyDoesNotAllow() throws IOException, InterruptedException {
    go("/");
    browser.evaluate(
        """
        const added = document.createElement("script");
        added.textContent = "document.title = 'ran'";
        document.body.append(added);
        """);
    assertThat(browser.evaluate("document.title")).isNotEqualTo("ran");
    assertThat(browser.complaints().getLast()).contains("Content Security Policy");
  }

  private static Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static void fill(String manifest, String model) throws IOException {
    browser.evaluate(
        "document.querySelector('details').open = true; document.getElementById('manifest').value ="
            + " JSON.stringify("
            + manifest
            + ")");
    browser.choose("#model", file("model.onnx", model));
  }

  private static void submit() {
    browser.evaluate("document.querySelector('#compile button').click()");
  }

  @Test
  void compileAModelAndFollowItToItsEnd() throws IOException, InterruptedException {
    go("/");
    fill(manifest("followed", "x86-64-v3"), model("sleep * 1500"));
    submit();
    browser.await("location.pathname.startsWith('/compilations/')");
    browser.await("document.querySelector('[data-running]')");
    browser.await("!document.querySelector('[data-running]')");
    assertThat(text("#status")).isEqualTo("Done.");
    assertThat(text("h1")).isEqualTo("followed");
    String bundle = browser.evaluate("document.querySelector('a[href$=bundle]').href");
    assertThat(
            browser.evaluate(
                "fetch('" + bundle + "').then(got => got.headers.get('content-type'))"))
        .isEqualTo("application/zip");
    browser.evaluate("document.querySelector('a[href$=report]').click()");
    browser.await("location.pathname.endsWith('/report') && document.querySelector('h2')");
  }

  @Test
  void compileAModelWithoutScripts() throws IOException, InterruptedException {
    browser.scripts(false);
    go("/");
    fill(manifest("scriptless", "x86-64-v3"), model("sleep * 300"));
    submit();
    browser.await("location.pathname.startsWith('/compilations/')");
    // The page loads itself again until nothing runs.
    browser.await("document.querySelector('h1 + .badge').textContent === 'done'");
    assertThat(text("h1")).isEqualTo("scriptless");
  }

  @Test
  void compileAModelThatDoesNotFitIntoOneRequest() throws IOException, InterruptedException {
    go("/");
    String large = "x".repeat(1000) + "\n";
    fill(manifest("large", "x86-64-v3"), model(large.repeat(6000)));
    submit();
    browser.await("location.pathname.startsWith('/compilations/')");
    browser.await("!document.querySelector('[data-running]')");
    assertThat(text("h1 + .badge")).isEqualTo("done");
  }

  @Test
  void showEveryProblemWithoutLosingTheForm() throws IOException, InterruptedException {
    go("/");
    fill(manifest("wrong", "toaster"), "no model");
    submit();
    browser.await("document.querySelector('#answer .problems')");
    assertThat(browser.evaluate("location.pathname")).isEqualTo("/");
    assertThat(text("#answer")).contains("EW-2101", "EW-1001", "toaster", "Next step");
    assertThat(browser.evaluate("document.getElementById('manifest').value")).contains("toaster");
    assertThat(browser.evaluate("document.querySelector('#answer .code').href"))
        .endsWith("/v1/errors/EW-2101");
  }

  @Test
  void takeTheManifestFromAFile() throws IOException, InterruptedException {
    go("/");
    browser.choose("#file", file("manifest.json", "{\"name\": \"of-a-file\"}"));
    browser.evaluate("document.getElementById('file').dispatchEvent(new Event('change'))");
    browser.await("document.getElementById('manifest').value.includes('of-a-file')");
  }

  @Test
  void letNobodyInWithoutTheToken() throws IOException, InterruptedException {
    browser.evaluate("document.querySelector('[action=\"/logout\"]').requestSubmit()");
    browser.await(at("/login"));
    go(path("done"));
    assertThat(browser.evaluate("location.pathname")).isEqualTo("/login");
    browser.evaluate(
        "document.getElementById('token').value = 'wrong';"
            + " document.querySelector('main form').requestSubmit()");
    browser.await("document.querySelector('.problems')");
    assertThat(text(".problems")).contains("EW-4008", "another token");
    browser.evaluate(
        "document.getElementById('token').value = '"
            + client.token()
            + "'; document.querySelector('main form').requestSubmit()");
    browser.await(at(path("done")));
  }

  @Test
  void noScriptReadsTheSession() throws IOException, InterruptedException {
    go("/");
    assertThat(browser.evaluate("document.cookie")).isEmpty();
  }
}
