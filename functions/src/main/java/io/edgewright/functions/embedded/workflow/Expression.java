package io.edgewright.functions.embedded.workflow;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One JSONata expression: a text that begins with `{%` and ends with `%}`.
record Expression(String text) {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  private static final Pattern NO_CODE =
      Pattern.compile(
          "\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`|/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern REFERENCE =
      Pattern.compile("\\$([A-Za-z_]\\w*)((?:\\s*\\.\\s*\\w+)*)");
  private static final Pattern BOUND = Pattern.compile("\\$(\\w+)\\s*:=|[@#]\\s*\\$(\\w+)");
  private static final Pattern PARAMETERS = Pattern.compile("(?:function|λ)\\s*\\(([^)]*)\\)");

  /// JSONata's own, but `$eval`, which Step Functions does not have, and those that give something
  /// else each time: what a state does must be the same after a restart.
  private static final Set<String> FUNCTIONS =
      Set.of(
          """
          string length substring substringBefore substringAfter uppercase lowercase trim pad \
          contains split join match replace base64encode base64decode encodeUrlComponent encodeUrl \
          decodeUrlComponent decodeUrl number abs floor ceil round power sqrt formatNumber \
          formatBase formatInteger parseInteger sum max min average boolean not exists count append \
          sort reverse distinct zip keys lookup spread merge sift each error assert type \
          fromMillis toMillis map filter single reduce\
          """
              .split(" "));

  private static final Set<String> CONTEXT =
      Set.of("Execution.Name", "Execution.Input", "State.Name");
  private static final String ITEM = "Map.Item";

  /// The expression that a text of the file is, none where it stands for itself.
  ///
  /// @throws IllegalArgumentException when it is neither the one nor the other
  static Optional<Expression> in(JsonNode node) {
    String text = node.isTextual() ? node.asText() : "";
    boolean opens = text.startsWith("{%");
    boolean closes = text.endsWith("%}") && text.length() >= 4;
    if (opens && closes) {
      return Optional.of(new Expression(text.substring(2, text.length() - 2).strip()));
    }
    String stripped = text.strip();
    if (opens || closes || stripped.startsWith("{%") || stripped.endsWith("%}")) {
      throw new IllegalArgumentException(
          "`" + text + "`: an expression begins with `{%` and ends with `%}`, no space around");
    }
    return Optional.empty();
  }

  /// @throws IllegalArgumentException when it is no JSONata, or refers to what is not there
  void check(Visible visible) {
    try {
      Jsonata.jsonata(text);
    } catch (JException e) {
      throw new IllegalArgumentException("`" + text + "`: " + e.getMessage(), e);
    }
    String code = code();
    Set<String> bound = bound(code);
    Matcher reference = REFERENCE.matcher(code);
    while (reference.find()) {
      String name = reference.group(1);
      if (name.equals("states")) {
        checkPath(reference.group(2).replaceAll("\\s", "").replaceFirst("\\.", ""), visible);
      } else if (!bound.contains(name)
          && !FUNCTIONS.contains(name)
          && !visible.variables().contains(name)) {
        throw new IllegalArgumentException(
            "`" + text + "`: `$" + name + "`, which is no variable and no function here");
      }
    }
  }

  /// The expression without what is in quotation marks.
  private String code() {
    return NO_CODE.matcher(text).replaceAll("\"\"");
  }

  private static Set<String> bound(String code) {
    Set<String> bound = new HashSet<>();
    BOUND
        .matcher(code)
        .results()
        .forEach(found -> bound.add(found.group(1) == null ? found.group(2) : found.group(1)));
    PARAMETERS
        .matcher(code)
        .results()
        .flatMap(found -> REFERENCE.matcher(found.group(1)).results())
        .forEach(parameter -> bound.add(parameter.group(1)));
    return bound;
  }

  private void checkPath(String path, Visible visible) {
    String first = path.replaceFirst("\\..*", "");
    if (!visible.fields().contains(first)) {
      throw new IllegalArgumentException(
          "`" + text + "`: `$states." + first + "`; there is here: " + visible.fields());
    }
    String rest = path.substring(Math.min(path.length(), first.length() + 1));
    boolean item = visible.insideMap() && isOrIsIn(ITEM, rest);
    if (first.equals("context") && !item && CONTEXT.stream().noneMatch(at -> isOrIsIn(at, rest))) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "`: `"
              + rest
              + "` of the context; supported: "
              + CONTEXT
              + ", and "
              + ITEM
              + " inside of a Map");
    }
  }

  private static boolean isOrIsIn(String wanted, String path) {
    return path.equals(wanted) || path.startsWith(wanted + ".");
  }

  /// @throws WorkflowException when it cannot be evaluated, or has no value
  JsonNode evaluate(Scope scope) {
    Object value = value(scope);
    if (value == null) {
      throw failed("no value");
    }
    return PLAIN.valueToTree(value);
  }

  private @Nullable Object value(Scope scope) {
    try {
      // Parsed anew each time: a parsed expression must not be shared between threads.
      Jsonata jsonata = Jsonata.jsonata(text);
      Jsonata.Frame frame = jsonata.createFrame();
      frame.bind("states", PLAIN.convertValue(scope.states(), Object.class));
      String code = code();
      Set<String> bound = bound(code);
      REFERENCE
          .matcher(code)
          .results()
          .map(reference -> reference.group(1))
          .filter(name -> !name.equals("states") && !bound.contains(name))
          .filter(name -> !FUNCTIONS.contains(name) || scope.variables().has(name))
          .distinct()
          .forEach(name -> frame.bind(name, variable(name, scope)));
      return jsonata.evaluate(null, frame);
    } catch (JException e) {
      throw failed(e.getMessage());
    }
  }

  private Object variable(String name, Scope scope) {
    JsonNode value = scope.variables().get(name);
    if (value == null) {
      throw failed("`$" + name + "` has not been assigned");
    }
    return value.isNull() ? Jsonata.NULL_VALUE : PLAIN.convertValue(value, Object.class);
  }

  private WorkflowException failed(@Nullable String why) {
    return new WorkflowException(ErrorNames.QUERY_EVALUATION, "`" + text + "`: " + why);
  }
}
