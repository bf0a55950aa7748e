package io.edgewright.functions.pages;

import io.edgewright.functions.core.ServiceProblem;
import java.util.List;

/// Why a request could not be served, for a browser.
public final class ProblemPage {
  private ProblemPage() {}

  /// @param title of the first problem
  public static String html(int status, String title, List<ServiceProblem> problems) {
    return Frame.forAll(title, Frame.Place.ELSEWHERE)
        .html(page -> {
          page.tags("<h1>").text(capital(title)).tags("</h1>");
          page.element("p", "quiet", "HTTP status " + status);
          page.tags("<div class=\"card\" id=\"problems\">");
          Fragments.problems(page, problems);
          page.tags("</div><p>");
          if (status == 401) {
            page.tags("<a class=\"button\" href=\"/login\">Log in</a> ");
          }
          page.tags("<a href=\"/\">All compilations</a></p>");
        });
  }

  private static String capital(String title) {
    return Character.toUpperCase(title.charAt(0)) + title.substring(1);
  }
}
