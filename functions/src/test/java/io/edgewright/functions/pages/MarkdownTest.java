package io.edgewright.functions.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.report.Markup;
import org.junit.jupiter.api.Test;

class MarkdownTest {
  private static String html(String text) {
    Markup page = new Markup();
    Markdown.write(page, text);
    return page.toString();
  }

  @Test
  void joinsTheLinesOfAParagraph() {
    assertThat(html("one\ntwo\n\nthree")).isEqualTo("<p>one two</p><p>three</p>");
  }

  @Test
  void knowsHeadings() {
    assertThat(html("# EW-1: a\n## What to do\nx"))
        .isEqualTo("<h1>EW-1: a</h1><h2>What to do</h2><p>x</p>");
  }

  @Test
  void keepsTheLinesOfIndentedCode() {
    assertThat(html("a\n\n    x <y>\n      z\n\nb"))
        .isEqualTo("<p>a</p><pre><code>x &lt;y&gt;\n  z\n</code></pre><p>b</p>");
  }

  @Test
  void knowsBothKindsOfLists() {
    assertThat(html("- a\n  b\n- c\n\n1. d\n2. e"))
        .isEqualTo("<ul><li>a b</li><li>c</li></ul><ol><li>d</li><li>e</li></ol>");
  }

  @Test
  void marksCodeAndBoldWordsAndKeepsTheWordsOfLinks() {
    assertThat(html("`a<b` **bold** [the list](../operators.md)"))
        .isEqualTo("<p><code>a&lt;b</code> <strong>bold</strong> the list</p>");
  }

  @Test
  void takesLoneMarksForText() {
    assertThat(html("a ` b ** c [ d ] (e)")).isEqualTo("<p>a ` b ** c [ d ] (e)</p>");
  }

  @Test
  void leavesNoAddressOfALink() {
    assertThat(html("[click](javascript:alert(1))")).doesNotContain("javascript", "href");
  }
}
