package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.VectorType;
import java.util.Comparator;
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

  /// The elements from a position on, to be read or written.
  String place(Pointer pointer, Expr index, VectorType type) {
    if (type.isScalar()) {
      return pointer.name() + "[" + print(index) + "]";
    }
    mention(type);
    String constant = pointer.written() ? "" : "const ";
    String suffix = CTypes.suffix(type);
    return "*(%s%s_u *)(%s + %s)".formatted(constant, suffix, pointer.name(), print(index, SUM));
  }

  private String print(Expr expr, int strength) {
    return switch (expr) {
      case Expr.Index(long value) -> value < 0 && strength > 0 ? "(" + value + ")" : "" + value;
      case Expr.Constant(VectorType type, double value) -> constant(type, value);
      case Expr.Var(String name, VectorType _) -> name;
      case Expr.Load(Pointer pointer, Expr index, VectorType type) -> place(pointer, index, type);
      case Expr.Binary binary -> binary(binary, strength);
      case Expr.Call(String function, List<Expr> arguments, VectorType type) ->
          call(function, arguments, type);
      case Expr.Splat(Expr scalar, VectorType type) -> splat(print(scalar), type);
      case Expr.Lane(Expr vector, int lane) -> print(vector, ATOM) + "[" + lane + "]";
    };
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
    int own =
        switch (binary.operator()) {
          case ADD, SUBTRACT -> SUM;
          case MULTIPLY, DIVIDE, REMAINDER -> PRODUCT;
          case LESS -> 0;
        };
    String text =
        print(binary.left(), own)
            + " "
            + binary.operator().text()
            + " "
            + print(binary.right(), own + 1);
    return own < strength ? "(" + text + ")" : text;
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
