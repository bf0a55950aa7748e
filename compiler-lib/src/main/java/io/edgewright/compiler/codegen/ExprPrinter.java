package io.edgewright.compiler.codegen;

import static io.edgewright.compiler.schedule.loops.Expr.Operator.ADD;
import static io.edgewright.compiler.schedule.loops.Expr.Operator.MULTIPLY;
import static io.edgewright.compiler.schedule.loops.Expr.Operator.SUBTRACT;

import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.tensor.ElementType;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Prints expressions as C, and remembers what they need of the prelude.
final class ExprPrinter {
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int ATOM = 3;

  private final Set<Prelude.Use> uses =
      new TreeSet<>(
          Comparator.comparing(Prelude.Use::function).thenComparing(use -> use.type().toString()));

  private final Set<String> names = new HashSet<>();

  /// Variables and pointers that the text mentions; to be cleared between functions.
  Set<String> names() {
    return names;
  }

  private final List<String> numbers;
  private final Set<Integer> read = new TreeSet<>();

  /// @param numbers names of what a call knows only when it runs, in the order of `ew_call.numbers`
  ExprPrinter(List<String> numbers) {
    this.numbers = numbers;
  }

  /// Which of the run-time numbers were printed since this was last asked.
  List<Integer> takeNumbers() {
    List<Integer> taken = List.copyOf(read);
    read.clear();
    return taken;
  }

  private String number(String name) {
    int index = numbers.indexOf(name);
    read.add(index);
    return "number" + index;
  }

  /// The text needs a type, whatever it does with it.
  void mention(VectorType type) {
    uses.add(new Prelude.Use(Prelude.TYPE, type));
  }

  /// What was printed of the prelude; the function `type` stands for the vector type alone.
  Set<Prelude.Use> uses() {
    return uses;
  }

  String print(Expr expr) {
    return print(expr, 0);
  }

  /// As an operand of a product.
  String factor(Expr expr) {
    return print(expr, ATOM);
  }

  /// What a sum adds to its left side.
  String added(Expr.Binary sum) {
    return operand(sum.right(), 0, sum);
  }

  /// The elements from a position on, to be read or written.
  String place(Pointer pointer, Expr index, VectorType type) {
    if (type.isScalar()) {
      names.add(pointer.name());
      return pointer.name() + "[" + print(index) + "]";
    }
    mention(type);
    String constant = pointer.written() ? "" : "const ";
    String suffix = CTypes.suffix(type);
    return "*(%s%s_u *)%s".formatted(constant, suffix, factorOf(address(pointer, index)));
  }

  /// The address of an element.
  String address(Pointer pointer, Expr index) {
    names.add(pointer.name());
    return index.equals(Expr.zero()) ? pointer.name() : pointer.name() + " + " + print(index, SUM);
  }

  private static String factorOf(String text) {
    return text.contains(" ") ? "(" + text + ")" : text;
  }

  private String print(Expr expr, int strength) {
    return switch (expr) {
      case Expr.Index(long value) -> Long.toString(value);
      case Expr.RunTime(String name) -> number(name);
      case Expr.Constant(VectorType type, double value) -> constant(type, value);
      case Expr.Var(String name, VectorType _) -> variable(name);
      case Expr.Load(Pointer pointer, Expr index, VectorType type) -> place(pointer, index, type);
      case Expr.Binary binary -> binary(binary, strength);
      case Expr.Call(String function, List<Expr> arguments, VectorType type) ->
          call(function, arguments, type);
      case Expr.Splat(Expr scalar, VectorType type) -> splat(print(scalar), type);
      case Expr.Lane(Expr vector, int lane) -> print(vector, ATOM) + "[" + lane + "]";
    };
  }

  private String variable(String name) {
    names.add(name);
    return name;
  }

  private String constant(VectorType type, double value) {
    String number =
        type.element().isFloat()
            ? CText.number(value, type.element().bytes() <= Float.BYTES)
            : Long.toString((long) value);
    return type.isScalar() ? number : splat(number, type);
  }

  private String splat(String scalar, VectorType type) {
    uses.add(new Prelude.Use("splat", type));
    return "ew_splat_" + CTypes.suffix(type) + "(" + scalar + ")";
  }

  private String binary(Expr.Binary binary, int strength) {
    Expr right = binary.right();
    String operator = binary.operator().text();
    boolean negative = binary.operator() == ADD && isNegative(right);
    if (negative) {
      right = Expr.multiply(right, -1);
      operator = SUBTRACT.text();
    }
    int own = strength(binary.operator());
    String text =
        binary.operator() == SUBTRACT && binary.left().equals(Expr.zero())
            ? "-" + operand(right, ATOM, binary)
            : operand(binary.left(), own, binary)
                + (" " + operator + " ")
                + operand(right, own + 1, binary);
    return own < strength ? "(" + text + ")" : text;
  }

  private static int strength(Expr.Operator operator) {
    return switch (operator) {
      case ADD, SUBTRACT -> SUM;
      case MULTIPLY, DIVIDE, REMAINDER -> PRODUCT;
      case LESS -> 0;
    };
  }

  /// Whether adding it reads better as a subtraction.
  private static boolean isNegative(Expr expr) {
    return switch (expr) {
      case Expr.Index(long value) -> value < 0;
      case Expr.Binary(var operator, Expr _, Expr right) ->
          operator == MULTIPLY && right instanceof Expr.Index(long n) && n < 0;
      case Expr.RunTime _,
          Expr.Constant _,
          Expr.Var _,
          Expr.Load _,
          Expr.Call _,
          Expr.Splat _,
          Expr.Lane _ ->
          false;
    };
  }

  /// C spreads a scalar over the lanes of the vector on the operator's other side.
  private String operand(Expr expr, int strength, Expr.Binary binary) {
    boolean spread =
        expr.type().element() == ElementType.FLOAT32
            && isEverywhereAlike(expr)
            && !(isEverywhereAlike(binary.left()) && isEverywhereAlike(binary.right()));
    if (spread && expr instanceof Expr.Splat(Expr scalar, VectorType _)) {
      return print(scalar, strength);
    }
    if (spread && expr instanceof Expr.Constant(VectorType _, double value)) {
      return CText.number(value, true);
    }
    return print(expr, strength);
  }

  private static boolean isEverywhereAlike(Expr expr) {
    return !expr.type().isScalar() && (expr instanceof Expr.Splat || expr instanceof Expr.Constant);
  }

  private String call(String function, List<Expr> arguments, VectorType type) {
    VectorType operand = arguments.isEmpty() ? type : arguments.getLast().type();
    String name;
    if (function.equals("convert")) {
      uses.add(new Prelude.Use(function + "_" + CTypes.suffix(operand), type));
      name = "ew_convert_" + CTypes.suffix(operand) + "_" + CTypes.suffix(type);
    } else {
      uses.add(new Prelude.Use(function, operand));
      name = "ew_" + function + "_" + CTypes.suffix(operand);
    }
    return name + arguments.stream().map(this::print).collect(Collectors.joining(", ", "(", ")"));
  }
}
