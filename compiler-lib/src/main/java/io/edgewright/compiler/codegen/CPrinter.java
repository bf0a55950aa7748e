package io.edgewright.compiler.codegen;

import io.edgewright.compiler.schedule.MemoryPlan;
import io.edgewright.compiler.schedule.loops.Buffer;
import io.edgewright.compiler.schedule.loops.LoopFunction;
import io.edgewright.compiler.schedule.loops.Pointer;
import io.edgewright.compiler.schedule.loops.Stmt;
import io.edgewright.compiler.schedule.loops.VectorType;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Prints loop functions as C.
final class CPrinter {
  private final MemoryPlan memory;
  private final IntFunction<String> outputs;
  private final ExprPrinter expressions = new ExprPrinter();
  private final StringBuilder text = new StringBuilder();
  private OptionalDouble threshold = OptionalDouble.empty();

  /// @param outputs the C expression for the address of an output, by its slot
  CPrinter(MemoryPlan memory, IntFunction<String> outputs) {
    this.memory = memory;
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
    return text.toString();
  }

  void print(LoopFunction function) {
    line(0, "/* " + CText.comment(function.origin()) + " */");
    line(0, "static void " + function.name() + "(void *argument, int64_t task) {");
    line(1, "const ew_call *call = argument;");
    function.pointers().forEach(this::pointer);
    if (function.tasks() == 1) {
      line(1, "(void)task;");
    }
    statements(1, function.body());
    line(0, "}");
    line(0, "");
  }

  private void pointer(Pointer pointer) {
    String constant = pointer.written() ? "" : "const ";
    String type = CTypes.scalar(pointer.element());
    expressions.mention(new VectorType(pointer.element(), 1));
    line(
        1,
        "%s%s *restrict %s = (%s%s *)%s;"
            .formatted(constant, type, pointer.name(), constant, type, address(pointer)));
  }

  private String address(Pointer pointer) {
    Buffer buffer = pointer.buffer();
    long bytes = pointer.offset() * pointer.element().bytes();
    return switch (buffer.space()) {
      case ARENA -> "(call->arena + " + (memory.offset(buffer) + bytes) + ")";
      case WEIGHTS -> "(call->weights + " + (buffer.slot() + bytes) + ")";
      case INPUT -> "((const uint8_t *)call->inputs[" + buffer.slot() + "].data + " + bytes + ")";
      case OUTPUT -> "((uint8_t *)" + outputs.apply(buffer.slot()) + " + " + bytes + ")";
    };
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
      case Stmt.Assign(var variable, var value) ->
          line(depth, variable.name() + " = " + expressions.print(value) + ";");
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
          line(
              depth,
              result.map(place -> "*(" + argument(place) + ") = ").orElse("")
                  + function
                  + arguments.stream()
                      .map(this::argument)
                      .collect(Collectors.joining(", ", "(", ");")));
      case Stmt.Prefetch(var pointer, var index) ->
          line(
              depth,
              "__builtin_prefetch(%s + %s);".formatted(pointer.name(), expressions.print(index)));
      case Stmt.Barrier() -> line(depth, "__asm__ volatile(\"\" ::: \"memory\");");
    }
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

  private String argument(Stmt.Argument argument) {
    return switch (argument) {
      case Stmt.Argument.Address(var pointer, var index) ->
          pointer.name() + " + " + expressions.print(index);
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
