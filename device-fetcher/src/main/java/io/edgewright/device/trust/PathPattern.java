package io.edgewright.device.trust;

import java.util.regex.Pattern;

/**
 * A shell pattern over target paths: {@code *} is any run of characters and {@code ?} any one, but
 * neither is a slash, so a role of one group never reaches into another.
 */
record PathPattern(Pattern expression) {

  static PathPattern of(String glob) {
    StringBuilder expression = new StringBuilder();
    for (int index = 0; index < glob.length(); index++) {
      char letter = glob.charAt(index);
      expression.append(
          switch (letter) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            default -> Pattern.quote(String.valueOf(letter));
          });
    }
    return new PathPattern(Pattern.compile(expression.toString(), Pattern.DOTALL));
  }

  boolean matches(String path) {
    return expression.matcher(path).matches();
  }
}
