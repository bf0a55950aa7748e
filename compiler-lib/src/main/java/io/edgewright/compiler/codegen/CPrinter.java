package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.MemoryPlan;
import io.edgewright.compiler.schedule.Program;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.Expr;
import io.edgewright.compiler.schedule.loops.LoopFunction;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt;
import io.edgewright.compiler.schedule.loops.VectorType;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntFunction;

/// Prints loop functions as C.
final class CPrinter {
  private static final int LINE = 100;

  private final MemoryPlan memory;
  private final IntFunction<String> outputs;
  private final List<String> numbers;
  private final ExprPrinter expressions;
  private final StringBuilder functions = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private OptionalDouble threshold = OptionalDouble.empty();

  /// @param outputs the C expression for the address of an output, by its slot
  CPrinter(Program program, IntFunction<String> outputs) {
    this.memory = program.memory();
    this.numbers = program.numbers();
    this.expressions = new ExprPrinter(numbers);
    this.outputs = outputs;
  }

  /// Prelude functions that the text so far needs.
  ExprPrinter expressions() {
    return expressions;
  }

  /// The score from which detections count, if the text so far has any.
  OptionalDouble threshold() {
    return threshold;
  }

  String text() {
    return functions.toString();
  }

  void print(LoopFunction function) {
    line(0, "/* " + CText.comment(function.origin()));
    function.meaning().forEach(meaning -> line(0, " * " + CText.formula(meaning)));
    text.insert(text.length() - 1, " */");
    line(0, "static void " + function.name() + "(void *argument, int64_t task) {");
    int start = text.length();
    Set<String> named = expressions.names();
    named.clear();
    statements(1, ShortNames.inline(function.body()));
    String body = text.substring(start);
    text.setLength(start);
    List<Pointer> pointers =
        function.pointers().stream().filter(pointer -> named.contains(pointer.name())).toList();
    boolean calls = !pointers.isEmpty() || body.contains("call->");
    line(1, calls ? "const ew_call *call = argument;" : "(void)argument;");
    pointers.forEach(this::pointer);
    for (int number : expressions.takeNumbers()) {
      String comment = CText.comment(numbers.get(number));
      line(
          1,
          "const int64_t number%1$d = call->numbers[%1$d]; /* %2$s */".formatted(number, comment));
    }
    if (function.tasks() == 1) {
      line(1, "(void)task;");
    }
    text.append(body);
    line(0, "}");
    line(0, "");
    functions.append(text);
    text.setLength(0);
  }

  private void pointer(Pointer pointer) {
    String constant = pointer.written() ? "" : "const ";
    expressions.mention(new VectorType(pointer.element(), 1));
    line(
        1,
        "%s%s *restrict %s = %s;"
            .formatted(
                constant, CTypes.scalar(pointer.element()), pointer.name(), address(pointer)));
  }

  /// The first element behind a pointer, as an expression where `call` is no pointer.
  String element(Pointer pointer) {
    String constant = pointer.written() ? "" : "const ";
    String address = address(pointer).replace("call->", "call.");
    return "*(%s%s *)(%s)".formatted(constant, CTypes.scalar(pointer.element()), address);
  }

  /// A variable for a pointer where `call` is no pointer.
  String declaration(Pointer pointer, String variable) {
    String constant = pointer.written() ? "" : "const ";
    String address = address(pointer).replace("call->", "call.");
    return "%s%s *%s = %s;"
        .formatted(constant, CTypes.scalar(pointer.element()), variable, address);
  }

  private String address(Pointer pointer) {
    Buffer buffer = pointer.buffer();
    long bytes = pointer.offset() * pointer.element().bytes();
    return switch (buffer.space()) {
      case ARENA -> moved("call->arena", memory.offset(buffer) + bytes);
      case WEIGHTS -> moved("call->weights", buffer.slot() + bytes);
      case INPUT -> moved("call->inputs[" + buffer.slot() + "].data", bytes);
      case OUTPUT -> moved(outputs.apply(buffer.slot()), bytes);
    };
  }

  private static String moved(String address, long bytes) {
    return bytes == 0 ? address : address + " + " + bytes;
  }

  private void statements(int depth, List<Stmt> statements) {
    statements.forEach(statement -> statement(depth, statement));
  }

  private void statement(int depth, Stmt statement) {
    switch (statement) {
      case Stmt.For loop -> loop(depth, loop);
      case Stmt.Let(var variable, var value, boolean changes) ->
          line(
              depth,
              "%s%s %s = %s;"
                  .formatted(
                      changes ? "" : "const ",
                      CTypes.name(variable.type()),
                      variable.name(),
                      expressions.print(value)));
      case Stmt.Assign(var variable, var value) -> assign(depth, variable, value);
      case Stmt.MultiplyAdd(var variable, var left, var right) ->
          line(
              depth,
              "%s += %s * %s;"
                  .formatted(variable.name(), expressions.factor(left), expressions.factor(right)));
      case Stmt.Store(var pointer, var index, var value) ->
          line(
              depth,
              expressions.place(pointer, index, value.type())
                  + " = "
                  + expressions.print(value)
                  + ";");
      case Stmt.If(var condition, var body) -> {
        line(depth, "if (" + expressions.print(condition) + ") {");
        statements(depth + 1, body);
        line(depth, "}");
      }
      case Stmt.CallKernel(String function, var arguments, var result) ->
          call(depth, result.map(place -> place(place) + " = ").orElse("") + function, arguments);
      case Stmt.Define(String name, var value) ->
          line(depth, number(name) + " = " + expressions.print(value) + ";");
      case Stmt.Prefetch(var pointer, var index) ->
          line(depth, "__builtin_prefetch(%s);".formatted(expressions.address(pointer, index)));
      case Stmt.Barrier() -> line(depth, "__asm__ volatile(\"\" ::: \"memory\");");
    }
  }

  private void assign(int depth, Expr.Var variable, Expr value) {
    boolean adds =
        value instanceof Expr.Binary sum
            && sum.operator() == Expr.Operator.ADD
            && sum.left().equals(variable);
    String change =
        adds ? " += " + expressions.added((Expr.Binary) value) : " = " + expressions.print(value);
    line(depth, variable.name() + change + ";");
  }

  /// Arguments go on in the next line where one is full.
  private void call(int depth, String head, List<Stmt.Argument> arguments) {
    StringBuilder line = new StringBuilder(head).append('(');
    int start = 0;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = argument(arguments.get(i)) + (i + 1 < arguments.size() ? "," : ");");
      if (depth * 2 + line.length() - start + argument.length() >= LINE) {
        line.append('\n').append("  ".repeat(depth + 1));
        start = line.length();
      } else if (i > 0) {
        line.append(' ');
      }
      line.append(argument);
    }
    line(depth, line.toString());
  }

  private String place(Stmt.Argument.Place place) {
    return switch (place) {
      case Stmt.Argument.Address(var pointer, var index) ->
          expressions.place(pointer, index, new VectorType(pointer.element(), 1));
      case Stmt.Argument.RunTime(String name) -> number(name);
    };
  }

  private void loop(int depth, Stmt.For loop) {
    String name = loop.variable().name();
    String step = loop.step() == 1 ? "++" + name : name + " += " + loop.step();
    line(
        depth,
        "for (int64_t %s = %s; %s < %s; %s) {"
            .formatted(
                name, expressions.print(loop.from()), name, expressions.print(loop.to()), step));
    statements(depth + 1, loop.body());
    line(depth, "}");
  }

  private String number(String name) {
    return "call->numbers[" + numbers.indexOf(name) + "]";
  }

  private String argument(Stmt.Argument argument) {
    return switch (argument) {
      case Stmt.Argument.Address(var pointer, var index) -> expressions.address(pointer, index);
      case Stmt.Argument.RunTime place -> place(place);
      case Stmt.Argument.Whole(var value) -> expressions.print(value);
      case Stmt.Argument.Named(String name) -> name;
      case Stmt.Argument.Threshold(double product) -> {
        threshold = OptionalDouble.of(product);
        yield "call->threshold";
      }
      case Stmt.Argument.Real(double value) -> CText.number(value, true);
      case Stmt.Argument.InputExtent(int input, int axis) ->
          "call->inputs[" + input + "].shape[" + axis + "]";
    };
  }

  private void line(int depth, String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
  }
}
