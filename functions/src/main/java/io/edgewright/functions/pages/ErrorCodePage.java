package io.edgewright.functions.pages;

/// The page of an error code.
public final class ErrorCodePage {
  private ErrorCodePage() {}

  /// @param markdown the page as it stands in `docs/errors`
  public static String html(String code, String markdown) {
    return Frame.forAll(code, Frame.Place.ELSEWHERE)
        .html(page -> {
          page.tags("<article class=\"prose\">");
          Markdown.write(page, markdown);
          page.tags("</article>");
        });
  }
}
