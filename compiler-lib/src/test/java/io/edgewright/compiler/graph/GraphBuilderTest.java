package io.edgewright.compiler.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import io.edgewright.compiler.tensor.Tensor;
import io.edgewright.compiler.tensor.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  private static final TensorType PAIR = new TensorType(ElementType.FLOAT32, Shape.of(2));
  private static final Op NEGATE =
      new Op.Map(Expression.apply(ScalarFunction.NEGATE, Expression.identity()));

  private final GraphBuilder builder = new GraphBuilder(List.of("y"));
  private final Value x = builder.input("x", PAIR);

  @Test
  void givesValuesNamesOfTheirOwn() {
    Value first = builder.add("n", NEGATE, x);
    Value second = builder.add("n", NEGATE, first);
    Value third = builder.add("y", NEGATE, second);
    assertThat(List.of(first.name(), second.name(), third.name()))
        .containsExactly("n", "n_1", "y_1");
  }

  @Test
  void namesOutputsAsAsked() {
    builder.output("y", builder.add("n", NEGATE, x));
    Graph graph = builder.build();
    assertThat(graph.outputs()).containsExactly(new Value("y", PAIR));
    GraphChecks.verify(graph);
  }

  @Test
  void copiesInputsConstantsAndSecondUsesThatAreOutputs() {
    Value made = builder.add("n", NEGATE, x);
    builder.output("same", x);
    builder.output("constant", builder.constant("c", Tensor.ofFloats(Shape.of(2), 1, 2)));
    builder.output("one", made);
    builder.output("two", made);
    Graph graph = builder.build();
    assertThat(graph.outputs())
        .extracting(Value::name)
        .containsExactly("same", "constant", "one", "two");
    GraphChecks.verify(graph);
  }

  @Test
  void leavesOutWhatNoOutputNeeds() {
    builder.add("dead", NEGATE, builder.constant("c", Tensor.ofFloats(Shape.of(2), 1, 2)));
    builder.output("y", builder.add("n", NEGATE, x));
    Graph graph = builder.build();
    assertThat(graph.nodes()).extracting(Node::name).containsExactly("n");
    assertThat(graph.constants()).isEmpty();
  }

  @Test
  void appendsAnotherGraph() {
    builder.output("y", builder.add("n", NEGATE, x));
    Graph inner = builder.build();
    GraphBuilder outer = new GraphBuilder();
    Value a = outer.input("a", PAIR);
    outer.output("b", outer.append(inner, List.of(outer.add("before", NEGATE, a))).getFirst());
    Graph graph = outer.build();
    assertThat(graph.nodes()).extracting(Node::name).containsExactly("before", "n");
    GraphChecks.verify(graph);
  }

  @Test
  void checksBlameEveryBrokenRule() {
    Value stranger = new Value("stranger", PAIR);
    Value wrong = new Value("wrong", PAIR.withElement(ElementType.INT8));
    Node reads = new Node("reads", NEGATE, List.of(stranger), List.of(wrong));
    Node again = new Node("again", NEGATE, List.of(x), List.of(x));
    Graph graph = new Graph(List.of(x), List.of(wrong, wrong), Map.of(), List.of(reads, again));
    assertThatIllegalStateException()
        .isThrownBy(() -> GraphChecks.verify(graph))
        .withMessageContainingAll(
            "node `reads` reads stranger: float32[2], which nothing before it makes",
            "node `reads` states [int8[2]], its operator gives [float32[2]]",
            "node `again` make `x` a second time",
            "a value is an output twice");
  }
}
