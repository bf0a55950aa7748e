package io.edgewright.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.CompiledGraph;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.GraphChecks;
import io.edgewright.compiler.graph.GraphText;
import io.edgewright.compiler.passes.PassList;
import io.edgewright.compiler.reference.Interpreter;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Branches and loops as C, against the interpreter. Each graph is compiled once and runs with
/// several inputs, as it is and after all passes.
class ControlFlowTest {
  private static final String BRANCH =
      """
      input c: bool[]
      input x: float32[2, 3]
      node choose: y, z = If(then={
        input x: float32[2, 3]
        node double: y = Map(expression=ADD($0, $0)) (x)
        node turn: z = Transpose(order=[1, 0]) (x)
        output y
        output z
      }, otherwise={
        input x: float32[2, 3]
        constant w: float32[3] = 1 2 3
        node add: y = Map(expression=ADD($0, $1)) (x, w)
        node shape: z = Reshape(shape=[3, 2]) (x)
        output y
        output z
      }) (c, x)
      node after: r = Map(expression=NEGATE($0)) (z)
      output y
      output r
      """;

  /// Fibonacci numbers in a and b: each new value needs the old one of the other.
  private static final String CARRIED =
      """
      input n: int64[]
      input a: int64[1]
      input b: int64[1]
      node fibonacci: p, q, rounds = Loop(body={
        input i: int64[]
        input a: int64[1]
        input b: int64[1]
        node copy: c = Reshape(shape=[1]) (b)
        node sum: d = Map(expression=ADD($0, $1)) (a, b)
        output c
        output d
      }, carried=2, rounds=9223372036854775807, conditional=false) (n, a, b)
      output p
      output q
      output rounds
      """;

  private static final String STACKED =
      """
      input go: bool[]
      input x: float32[3]
      input limit: float32[]
      constant n: int64[] = 5
      node steps: total, halves, indices, rounds = Loop(body={
        input i: int64[]
        input sum: float32[3]
        input x: float32[3]
        input limit: float32[]
        node add: next = Map(expression=ADD($0, $1)) (sum, x)
        node half: half = Map(expression=MULTIPLY($0, float32:0.5)) (next)
        node all: s1 = Reduce(kind=SUM, axes=[0]) (next)
        node all: s = Reshape(shape=[]) (s1)
        node less: more = Map(expression=LESS($0, $1)) (s, limit)
        node index: index = Map(expression=MULTIPLY($0, int64:10)) (i)
        output more
        output next
        output half
        output index
      }, carried=1, rounds={1*n:0:5}, conditional=true) (n, go, x, x, limit)
      output total
      output halves
      output indices
      output rounds
      """;

  private static final String NESTED =
      """
      input x: float32[2, 4]
      input c: bool[]
      constant n: int64[] = 3
      constant zero: float32[4] = 0 0 0 0
      node rows: last, all, rounds = Loop(body={
        input i: int64[]
        input sum: float32[4]
        input x: float32[2, 4]
        input c: bool[]
        constant m: int64[] = 2
        node inner: sum2, rows, r = Loop(body={
          input j: int64[]
          input acc: float32[4]
          input x: float32[2, 4]
          node row: row = Gather(axis=0) (x, j)
          node add: acc2 = Map(expression=ADD($0, $1)) (acc, row)
          node twice: twice = Map(expression=MULTIPLY($0, float32:2)) (acc2)
          output acc2
          output twice
        }, carried=1, rounds=2, conditional=false) (m, sum, x)
        node pick: chosen = If(then={
          input sum: float32[4]
          input rows: float32[2, 4]
          node first: first = Slice(starts=[0, 0], shape=[1, 4], steps=[1, 1]) (rows)
          node flat: out = Reshape(shape=[4]) (first)
          output out
        }, otherwise={
          input sum: float32[4]
          input rows: float32[2, 4]
          node back: out = Slice(starts=[3], shape=[4], steps=[-1]) (sum)
          output out
        }) (c, sum2, rows)
        node grow: grown = Map(expression=ADD($0, $1)) (sum2, chosen)
        output grown
        output rows
      }, carried=1, rounds=3, conditional=false) (n, zero, x, c)
      output last
      output all
      """;

  @Test
  void runsOneBranchOnly() {
    Tensor x = floats(2, 3);
    check(BRANCH, List.of(bool(true), x), List.of(bool(false), x));
  }

  @Test
  void carriesValuesThatNeedEachOther() {
    Tensor zero = whole(0).withShape(Shape.of(1));
    Tensor one = whole(1).withShape(Shape.of(1));
    check(
        CARRIED,
        List.of(whole(0), zero, one),
        List.of(whole(1), zero, one),
        List.of(whole(40), zero, one));
    Graph graph = GraphText.parse(CARRIED);
    List<Tensor> got = Interpreter.run(graph, List.of(whole(40), zero, one));
    assertThat(got.getFirst().getLong(0)).isEqualTo(102_334_155);
  }

  @Test
  void stopsWhenTheConditionSaysSo() {
    Tensor x = floats(3);
    Tensor never = Tensor.ofFloats(Shape.SCALAR, -1000);
    Tensor soon = Tensor.ofFloats(Shape.SCALAR, 7);
    Tensor late = Tensor.ofFloats(Shape.SCALAR, 1000);
    check(
        STACKED,
        List.of(bool(true), x, soon),
        List.of(bool(true), x, late),
        List.of(bool(true), x, never),
        List.of(bool(false), x, late));
  }

  @Test
  void nestsToAnyDepth() {
    Tensor x = floats(2, 4);
    check(NESTED, List.of(x, bool(true)), List.of(x, bool(false)));
  }

  @SafeVarargs
  private static void check(String text, List<Tensor>... calls) {
    Graph graph = GraphText.parse(text);
    GraphChecks.verify(graph);
    assertThat(GraphText.parse(GraphText.print(graph))).isEqualTo(graph);
    for (Graph variant : List.of(graph, PassList.run(graph))) {
      try (CompiledGraph compiled = CompiledGraph.of(variant, "host")) {
        for (List<Tensor> inputs : calls) {
          List<Tensor> expected = Interpreter.run(graph, inputs);
          List<Tensor> actual = compiled.run(inputs);
          for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).toDoubles()).isEqualTo(expected.get(i).toDoubles());
          }
        }
      }
    }
  }

  private static Tensor floats(long... extents) {
    Shape shape = Shape.of(extents);
    double[] values =
        LongStream.range(0, shape.elements()).mapToDouble(i -> i * 0.25 + 1).toArray();
    return Tensor.ofDoubles(ElementType.FLOAT32, shape, values);
  }

  private static Tensor whole(long value) {
    return Tensor.ofLongs(Shape.SCALAR, value);
  }

  private static Tensor bool(boolean value) {
    return Tensor.ofIntegers(ElementType.BOOL, Shape.SCALAR, value ? 1 : 0);
  }
}
