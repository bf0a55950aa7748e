package io.edgewright.functions.pages;

import io.edgewright.functions.core.ServiceProblem;
import java.util.List;

/// The way in: an operator's token.
public final class LoginPage {
  private LoginPage() {}

  /// @param next the page to go on to
  /// @param problems what was wrong with the last try
  public static String html(String next, List<ServiceProblem> problems) {
    return Frame.forAll("Log in", Frame.Place.ELSEWHERE)
        .html(page -> {
          page.tags(
              "<h1>Log in</h1><form class=\"card narrow\" method=\"post\" action=\"/login\">");
          Fragments.problems(page, problems);
          page.tags("<label for=\"token\">Operator token</label>")
              .tags("<input id=\"token\" name=\"token\" type=\"password\" required autofocus")
              .tags(" autocomplete=\"current-password\" aria-describedby=\"where\">")
              .tags(
                  "<p class=\"quiet\" id=\"where\">It is in the file <code>operator.token</code> of")
              .tags(
                  " the service\u2019s data folder; the service prints its path when it starts.</p>")
              .tags("<input type=\"hidden\" name=\"next\"")
              .attribute("value", next)
              .tags("><button>Log in</button></form>");
        });
  }
}
