package io.edgewright.compiler.report;

/// HTML and SVG as text. Tags are written by hand; whatever else goes through [#text] or
/// [#attribute], which leave no character that could end a text or an attribute.
public final class Markup {
  private final StringBuilder out = new StringBuilder();

  /// Tags, written by hand and free of data.
  public Markup tags(String tags) {
    out.append(tags);
    return this;
  }

  /// Data between tags.
  public Markup text(String text) {
    out.append(escaped(text));
    return this;
  }

  /// ` name="value"` within a tag that was left open.
  public Markup attribute(String name, String value) {
    out.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
    return this;
  }

  /// An element with data and nothing else.
  public Markup element(String tag, String text) {
    return tags("<" + tag + ">").text(text).tags("</" + tag + ">");
  }

  /// An element of a class with data and nothing else.
  public Markup element(String tag, String classes, String text) {
    return tags("<" + tag).attribute("class", classes).tags(">").text(text).tags("</" + tag + ">");
  }

  /// A name of the model, which may be a long path: where there is no room its beginning is left
  /// out.
  public Markup name(String tag, String name) {
    return tags("<" + tag + " class=\"name\"><bdi>").text(name).tags("</bdi></" + tag + ">");
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            default -> safe.appendCodePoint(isVisible(point) ? point : 0xFFFD);
          }
        });
    return safe.toString();
  }

  /// Neither a control character nor one that turns the direction of what follows.
  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
