package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.TensorType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Text of operators: a record is written as the call that makes it, `Reduce(kind=SUM, axes=[0])`,
/// so that a new operator needs nothing here. Expressions have a form of their own: `$0` is an
/// input, `float32:0.5` a constant, `int32(..)` a conversion, `ADD(.., ..)` a function. A graph
/// inside of an operator stands in braces, on lines of its own.
final class RecordText {
  private RecordText() {}

  static String print(Object value) {
    return switch (value) {
      case Shape shape -> shape(shape);
      case Dimension dimension -> dimension(dimension);
      case TensorType(ElementType element, Shape shape) -> element.text() + shape(shape);
      case Expression expression -> expression(expression);
      case Graph graph -> "{\n" + GraphText.print(graph).indent(2) + "}";
      case List<?> list ->
          list.stream().map(RecordText::print).collect(Collectors.joining(", ", "[", "]"));
      case Record record -> record(record);
      default -> value.toString();
    };
  }

  private static String shape(Shape shape) {
    return shape.dimensions().stream()
        .map(RecordText::dimension)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String dimension(Dimension dimension) {
    return switch (dimension) {
      case Dimension.Fixed(long extent) -> Long.toString(extent);
      case Dimension.Symbol(String name) -> "$" + TextScanner.quote(name);
      case Dimension.Bounded(Count count) -> count(count);
    };
  }

  /// `{factor*name:minimum:maximum*..., ...}`
  private static String count(Count count) {
    return count.terms().stream().map(RecordText::term).collect(Collectors.joining(", ", "{", "}"));
  }

  private static String term(Count.Term term) {
    StringBuilder text = new StringBuilder().append(term.factor());
    for (Count.Name name : term.names()) {
      text.append('*').append(TextScanner.quote(name.text()));
      text.append(':').append(name.minimum()).append(':').append(name.maximum());
    }
    return text.toString();
  }

  private static String expression(Expression expression) {
    return switch (expression) {
      case Expression.Input(int index) -> "$" + index;
      case Expression.Real(ElementType type, double value) -> type.text() + ":" + value;
      case Expression.Whole(ElementType type, long value) -> type.text() + ":" + value;
      case Expression.Convert(ElementType to, Expression argument) ->
          to.text() + "(" + expression(argument) + ")";
      case Expression.Apply(ScalarFunction function, List<Expression> arguments) ->
          arguments.stream()
              .map(RecordText::expression)
              .collect(Collectors.joining(", ", function + "(", ")"));
    };
  }

  private static String record(Record record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .map(component -> component.getName() + "=" + print(read(component, record)))
        .collect(Collectors.joining(", ", record.getClass().getSimpleName() + "(", ")"));
  }

  private static Object read(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  static Op parseOp(TextScanner scanner) {
    String name = scanner.word();
    for (Class<?> kind : Op.class.getPermittedSubclasses()) {
      if (kind.getSimpleName().equals(name)) {
        return (Op) parseFields(kind, scanner);
      }
    }
    throw scanner.error("no operator `" + name + "`");
  }

  static TensorType parseType(TextScanner scanner) {
    return new TensorType(element(scanner, scanner.word()), parseShape(scanner));
  }

  private static Object parseFields(Class<?> record, TextScanner scanner) {
    scanner.expect('(');
    RecordComponent[] components = record.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      if (i > 0) {
        scanner.expect(',');
      }
      if (!scanner.word().equals(components[i].getName())) {
        throw scanner.error("`" + components[i].getName() + "` expected");
      }
      scanner.expect('=');
      values[i] = parse(components[i].getGenericType(), scanner);
    }
    scanner.expect(')');
    Constructor<?> canonical = record.getDeclaredConstructors()[0];
    try {
      return canonical.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(record.getSimpleName() + " cannot be made", e);
    }
  }

  private static Object parse(Type type, TextScanner scanner) {
    if (type instanceof ParameterizedType list) {
      return parseList(list.getActualTypeArguments()[0], scanner);
    }
    Class<?> kind = (Class<?>) type;
    if (kind == Shape.class) {
      return parseShape(scanner);
    }
    if (kind == Dimension.class) {
      return parseDimension(scanner);
    }
    if (kind == Expression.class) {
      return parseExpression(scanner);
    }
    if (kind == Graph.class) {
      return GraphText.parse(scanner.block());
    }
    String word = scanner.word();
    if (kind.isRecord()) {
      return parseFields(kind, scanner);
    }
    if (kind.isEnum()) {
      return constant(kind, word, scanner);
    }
    return switch (kind.getSimpleName()) {
      case "int", "Integer" -> Integer.parseInt(word);
      case "long", "Long" -> Long.parseLong(word);
      case "double", "Double" -> Double.parseDouble(word);
      case "boolean" -> Boolean.parseBoolean(word);
      default -> throw scanner.error("no text for " + kind);
    };
  }

  private static Object constant(Class<?> kind, String word, TextScanner scanner) {
    return Arrays.stream(kind.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(word))
        .findFirst()
        .orElseThrow(() -> scanner.error("no " + kind.getSimpleName() + " `" + word + "`"));
  }

  private static List<Object> parseList(Type element, TextScanner scanner) {
    scanner.expect('[');
    List<Object> list = new ArrayList<>();
    while (!scanner.accept(']')) {
      if (!list.isEmpty()) {
        scanner.expect(',');
      }
      list.add(parse(element, scanner));
    }
    return list;
  }

  private static Shape parseShape(TextScanner scanner) {
    scanner.expect('[');
    List<Dimension> dimensions = new ArrayList<>();
    while (!scanner.accept(']')) {
      if (!dimensions.isEmpty()) {
        scanner.expect(',');
      }
      dimensions.add(parseDimension(scanner));
    }
    return new Shape(dimensions);
  }

  private static Dimension parseDimension(TextScanner scanner) {
    if (scanner.accept('$')) {
      return Dimension.of(scanner.name());
    }
    return scanner.accept('{')
        ? Dimension.of(parseCount(scanner))
        : Dimension.of(Long.parseLong(scanner.word()));
  }

  private static Count parseCount(TextScanner scanner) {
    Count sum = Count.of(0);
    do {
      Count product = Count.of(Long.parseLong(scanner.word()));
      while (scanner.accept('*')) {
        String name = scanner.name();
        scanner.expect(':');
        long minimum = Long.parseLong(scanner.word());
        scanner.expect(':');
        product = product.times(Count.named(name, minimum, Long.parseLong(scanner.word())));
      }
      sum = sum.plus(product);
    } while (scanner.accept(','));
    scanner.expect('}');
    return sum;
  }

  private static Expression parseExpression(TextScanner scanner) {
    if (scanner.accept('$')) {
      return new Expression.Input(Integer.parseInt(scanner.word()));
    }
    String word = scanner.word();
    if (scanner.accept(':')) {
      ElementType type = element(scanner, word);
      String number = scanner.word();
      return type.isFloat()
          ? new Expression.Real(type, Double.parseDouble(number))
          : new Expression.Whole(type, Long.parseLong(number));
    }
    scanner.expect('(');
    List<Expression> arguments = new ArrayList<>(List.of(parseExpression(scanner)));
    while (scanner.accept(',')) {
      arguments.add(parseExpression(scanner));
    }
    scanner.expect(')');
    return word.equals(word.toUpperCase(Locale.ROOT))
        ? new Expression.Apply(ScalarFunction.valueOf(word), arguments)
        : new Expression.Convert(element(scanner, word), arguments.getFirst());
  }

  private static ElementType element(TextScanner scanner, String text) {
    return Arrays.stream(ElementType.values())
        .filter(type -> type.text().equals(text))
        .findFirst()
        .orElseThrow(() -> scanner.error("no element type `" + text + "`"));
  }
}
