package io.edgewright.functions.pages;

import io.edgewright.compiler.report.Markup;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// As much of Markdown as the project's own texts use: headings, paragraphs, lists, indented code,
/// `code`, **bold** words. Links become their words, because they lead to files.
final class Markdown {
  private static final Pattern HEADING = Pattern.compile("(#{1,4}) (.*)");
  private static final Pattern ITEM = Pattern.compile("(?:-|([0-9]+)\\.) (.*)");
  private static final Pattern INLINE =
      Pattern.compile("`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\[([^\\]`]+)\\]\\([^)]*\\)");
  private static final String CODE = "    ";

  private final Markup page;
  private final List<String> lines;
  private int at;

  private Markdown(Markup page, String text) {
    this.page = page;
    this.lines = text.lines().toList();
  }

  static void write(Markup page, String text) {
    new Markdown(page, text).blocks();
  }

  /// Text within a paragraph.
  static void inline(Markup page, String text) {
    Matcher found = INLINE.matcher(text);
    int from = 0;
    while (found.find()) {
      page.text(text.substring(from, found.start()));
      if (found.group(1) != null) {
        page.element("code", found.group(1));
      } else if (found.group(2) != null) {
        page.element("strong", found.group(2));
      } else {
        page.text(found.group(3));
      }
      from = found.end();
    }
    page.text(text.substring(from));
  }

  private void blocks() {
    while (at < lines.size()) {
      String line = lines.get(at);
      Matcher heading = HEADING.matcher(line);
      if (line.isBlank()) {
        at++;
      } else if (heading.matches()) {
        heading(heading.group(1).length(), heading.group(2));
      } else if (line.startsWith(CODE)) {
        code();
      } else if (ITEM.matcher(line).matches()) {
        list();
      } else {
        page.tags("<p>");
        inline(page, joined(line.strip()));
        page.tags("</p>");
      }
    }
  }

  private void heading(int level, String text) {
    String tag = String.format(Locale.ROOT, "h%d", level);
    page.tags("<" + tag + ">");
    inline(page, text);
    page.tags("</" + tag + ">");
    at++;
  }

  private void code() {
    StringBuilder text = new StringBuilder();
    while (at < lines.size() && lines.get(at).startsWith(CODE)) {
      text.append(lines.get(at++).substring(CODE.length())).append('\n');
    }
    Code.block(page, text.toString());
  }

  private void list() {
    Matcher item = ITEM.matcher(lines.get(at));
    String tag = item.matches() && item.group(1) != null ? "ol" : "ul";
    page.tags("<" + tag + ">");
    while (at < lines.size() && item.reset(lines.get(at)).matches()) {
      page.tags("<li>");
      inline(page, joined(item.group(2)));
      page.tags("</li>");
    }
    page.tags("</" + tag + ">");
  }

  /// The line with those that go on with it.
  private String joined(String first) {
    StringBuilder text = new StringBuilder(first);
    for (at++; at < lines.size(); at++) {
      String line = lines.get(at);
      if (line.isBlank() || HEADING.matcher(line).matches() || ITEM.matcher(line).matches()) {
        break;
      }
      text.append(' ').append(line.strip());
    }
    return text.toString();
  }
}
