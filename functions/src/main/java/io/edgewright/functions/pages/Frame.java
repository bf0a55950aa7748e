package io.edgewright.functions.pages;

import io.edgewright.compiler.report.Markup;
import io.edgewright.functions.core.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/// The frame of all pages. What it holds works without its script, which keeps states current and
/// sends forms without leaving the page.
public final class Frame {
  private static final String STYLE = resource("console.css");
  private static final String SCRIPT = resource("console.js");

  /// Only the style sheet and the script of this package, by their digests; forms and requests to
  /// this service alone; no frame around a page.
  public static final String POLICY =
      "default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; connect-src 'self'; "
              .formatted(source(STYLE), source(SCRIPT))
          + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /// The mark in the bar and in the browser's tab: a chip with an edge cut off.
  private static final String MARK =
      "<svg viewBox='0 0 16 16'%s><path fill='%s'"
          + " d='M3 1h7l5 5v7a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2zm2 4v6h6V8L8 5z'/></svg>";

  private static final String ICON =
      "<link rel=\"icon\" href=\"data:image/svg+xml,"
          + MARK.formatted(" xmlns='http://www.w3.org/2000/svg'", "%232f6fde")
              .replace("<", "%3C")
              .replace(">", "%3E")
          + "\">";

  /// Where in the bar a page belongs.
  enum Place {
    COMPILATIONS("/", "Compilations"),
    DEPLOYMENTS("/deployments", "Deployments"),
    DEVICES("/devices", "Devices"),
    API("/docs", "API"),
    /// Beside all of them.
    ELSEWHERE("", "");

    private final String path;
    private final String title;

    Place(String path, String title) {
      this.path = path;
      this.title = title;
    }
  }

  private final String title;
  private final Place place;
  private final boolean isForOperators;
  private final boolean isRunning;

  private Frame(String title, Place place, boolean isForOperators, boolean isRunning) {
    this.title = title;
    this.place = place;
    this.isForOperators = isForOperators;
    this.isRunning = isRunning;
  }

  /// A page for operators, with the way out.
  static Frame forOperators(String title, Place place) {
    return new Frame(title, place, true, false);
  }

  /// A page for anyone.
  static Frame forAll(String title, Place place) {
    return new Frame(title, place, false, false);
  }

  /// While something on it runs, a browser without scripts loads the page again and again.
  Frame running(boolean runs) {
    return new Frame(title, place, isForOperators, runs);
  }

  String html(Consumer<Markup> main) {
    Markup page = new Markup();
    page.tags("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .tags("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .tags("<meta name=\"color-scheme\" content=\"light dark\">")
        .element("title", title + " \u00b7 Edgewright")
        .tags(isRunning ? "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>" : "")
        .tags(ICON + "<style>" + STYLE + "</style></head>\n<body>")
        .tags("<a class=\"skip\" href=\"#main\">Skip to the content</a>");
    bar(page);
    page.tags("\n<main id=\"main\">");
    main.accept(page);
    page.tags("</main>\n<script>" + SCRIPT + "</script></body></html>\n");
    return page.toString();
  }

  private void bar(Markup page) {
    page.tags("<header class=\"bar\"><a class=\"brand\" href=\"/\">")
        .tags(MARK.formatted(" width='18' height='18' aria-hidden='true'", "currentColor"))
        .tags("Edgewright</a><nav aria-label=\"Pages\">");
    for (Place each : Place.values()) {
      if (!each.path.isEmpty()) {
        page.tags("<a href=\"" + each.path + "\"")
            .tags(each == place ? " aria-current=\"page\">" : ">")
            .text(each.title)
            .tags("</a>");
      }
    }
    page.tags("</nav>");
    if (isForOperators) {
      page.tags("<form method=\"post\" action=\"/logout\"><button class=\"plain\">Log out</button>")
          .tags("</form>");
    }
    page.tags("</header>");
  }

  private static String source(String content) {
    byte[] digest = Digest.of(content.getBytes(StandardCharsets.UTF_8)).bytes();
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  private static String resource(String name) {
    try (InputStream file = Frame.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the class path has no " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
