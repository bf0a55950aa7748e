package io.edgewright.functions.embedded;

/// Looks at a page from inside: sizes, labels, headings, and the contrast of every text against
/// what is behind it (WCAG 2.2: 4.5 to 1).
final class PageCheck {
  private static final String SCRIPT =
      """
      (() => {
        const wrong = [], root = document.documentElement;
        if (root.scrollWidth > WIDTH) wrong.push("wider than the window: " + root.scrollWidth);
        let level = 0;
        for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
          const own = Number(heading.tagName[1]);
          if (own > level + 1) wrong.push("heading skipped: " + heading.tagName);
          level = own;
        }
        if (document.querySelectorAll("h1").length !== 1) wrong.push("not one h1");
        for (const field of document.querySelectorAll("input:not([type=hidden]), textarea"))
          if (!field.labels.length) wrong.push("no label: " + field.tagName);
        for (const each of document.querySelectorAll("a, button, summary, img, progress"))
          if (!(each.textContent.trim() || each.ariaLabel || each.alt))
            wrong.push("no text: " + each.tagName);
        const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
        const light = colour => numbers(colour).slice(0, 3).map(x => x / 255)
          .map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
          .reduce((sum, x, i) => sum + x * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = element => {
          for (let at = element; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (numbers(colour)[3] !== 0) return colour;
          }
          return "rgb(255, 255, 255)";
        };
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const element = texts.currentNode.parentElement, text = texts.currentNode.data.trim();
          if (!text || element.matches("script, style, noscript")) continue;
          const shades = [light(getComputedStyle(element).color), light(ground(element))];
          const contrast = (Math.max(...shades) + 0.05) / (Math.min(...shades) + 0.05);
          if (contrast < 4.5) wrong.push("contrast " + contrast.toFixed(1) + ": " + text);
        }
        return wrong.join("\\n");
      })()
      """;

  private PageCheck() {}

  /// JavaScript that gives what is wrong, line by line; nothing on a good page.
  static String at(int width) {
    return SCRIPT.replace("WIDTH", Integer.toString(width));
  }
}
