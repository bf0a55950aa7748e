package io.edgewright.functions.pages;

import io.edgewright.compiler.report.Markup;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.State;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What more than one page shows.
final class Fragments {
  private Fragments() {}

  static String compilation(String id) {
    return "/compilations/" + id;
  }

  static void link(Markup page, String address, String text) {
    page.tags("<a").attribute("href", address).tags(">").text(text).tags("</a>");
  }

  /// On to the older ones of a list.
  static void older(Markup page, String list, String cursor, String text) {
    link(page, list + "?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8), text);
  }

  /// The word, in the colour of the state; the colour says nothing that the word does not.
  static void state(Markup page, State state) {
    badge(page, state.word(), state.word());
  }

  static void badge(Markup page, String kind, String word) {
    page.element("span", "badge " + kind, word);
  }

  static void progress(Markup page, int percent, String label) {
    page.tags("<progress max=\"100\"")
        .attribute("value", Integer.toString(percent))
        .attribute("aria-label", label)
        .tags("></progress>");
  }

  /// A digest or an id, shortened; the whole of it is in the element.
  static void digest(Markup page, String whole) {
    int colon = whole.indexOf(':') + 1;
    page.tags("<code class=\"id\"")
        .attribute("title", whole)
        .tags(">")
        .text(whole.substring(colon, Math.min(whole.length(), colon + 12)))
        .tags("</code>");
  }

  static void errorCode(Markup page, String code) {
    page.tags("<a class=\"code\"").attribute("href", "/v1/errors/" + code).tags(">");
    page.text(code).tags("</a>");
  }

  /// Every problem with where it is, what was seen, what would have been fine and the next step.
  static void problems(Markup page, List<ServiceProblem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    page.tags("<ul class=\"problems\">");
    for (ServiceProblem problem : problems) {
      page.tags("<li><p>");
      errorCode(page, problem.code());
      page.tags(" ");
      Markdown.inline(page, problem.where() + ": " + problem.seen());
      page.tags("</p><dl>");
      term(page, "Allowed", problem.allowed());
      term(page, "Next step", problem.hint());
      page.tags("</dl></li>");
    }
    page.tags("</ul>");
  }

  private static void term(Markup page, String name, String text) {
    page.element("dt", name).tags("<dd>");
    Markdown.inline(page, text);
    page.tags("</dd>");
  }

  /// The first problem in one line, and how many more there are.
  static void because(Markup page, List<ServiceProblem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    ServiceProblem first = problems.getFirst();
    page.tags("<p class=\"why\">");
    errorCode(page, first.code());
    page.tags(" ");
    Markdown.inline(page, first.where() + ": " + first.seen() + ". Next step: " + first.hint());
    if (problems.size() > 1) {
      page.text(" (and " + (problems.size() - 1) + " more)");
    }
    page.tags("</p>");
  }
}
