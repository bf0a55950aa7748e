package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.OperandException;
import io.edgewright.compiler.graph.TensorLimit;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.onnx.operators.FoldingBuilder;
import io.edgewright.compiler.onnx.operators.Importer;
import io.edgewright.compiler.onnx.operators.OnnxNode;
import io.edgewright.compiler.onnx.operators.TensorDecoder;
import io.edgewright.compiler.tensor.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Imports a model as a graph whose shapes are numbers.
public final class GraphImporter {
  private final GraphProto graph;
  private final Map<String, Long> dims;
  private final int opset;
  private final FoldingBuilder builder;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Value> values = new HashMap<>();

  /// Names whose value could not be made; what reads them says nothing more.
  private final Set<String> failed = new HashSet<>();

  private GraphImporter(ModelProto model, Map<String, Long> dims) {
    this.graph = model.getGraph();
    this.dims = dims;
    this.opset =
        model.getOpsetImportList().stream()
            .filter(candidate -> OnnxReader.isStandard(candidate.getDomain()))
            .map(OperatorSetIdProto::getVersion)
            .findFirst()
            .orElseThrow()
            .intValue();
    this.builder =
        new FoldingBuilder(graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
  }

  /// @param dims numbers of the symbolic dimensions of the inputs
  /// @throws CompileException with every problem of the model
  public static Graph read(OnnxModel model, Map<String, Long> dims) {
    GraphImporter importer = new GraphImporter(model.proto(), dims);
    importer.problems.addAll(OperatorCoverage.problems(model.proto(), importer.opset));
    importer.readInputs();
    if (importer.problems.stream().noneMatch(GraphImporter::leavesShapesOpen)) {
      importer.readInitializers();
      importer.readNodes();
      importer.readOutputs();
    }
    if (!importer.problems.isEmpty()) {
      throw new CompileException(importer.problems);
    }
    return importer.builder.build();
  }

  /// Without the extents of the inputs nothing can be said of the nodes.
  private static boolean leavesShapesOpen(Problem problem) {
    return problem.code() == ErrorCode.DIMENSION_UNBOUND;
  }

  private void readInputs() {
    Set<String> outputs = new HashSet<>();
    graph.getOutputList().forEach(output -> outputs.add(output.getName()));
    Map<String, TensorType> stated = InputTypes.read(graph, problems);
    Map<String, TensorType> bound = InputTypes.bind(stated, dims, problems);
    Set<String> seen = new HashSet<>();
    for (ValueInfoProto input : InputTypes.inputs(graph)) {
      String name = input.getName();
      TensorType type = bound.get(name);
      if (!seen.add(name)) {
        invalid(Location.value(name), "a second input of this name", "names that differ");
      } else if (outputs.contains(name)) {
        invalid(Location.value(name), "an input that is an output too", "an Identity node between");
      } else if (type == null || !type.shape().isFixed()) {
        failed.add(name);
      } else {
        make(name, Location.value(name), () -> input(name, type));
      }
    }
  }

  private Value input(String name, TensorType type) {
    return builder.input(name, TensorLimit.check(type));
  }

  private void readInitializers() {
    if (graph.getSparseInitializerCount() > 0) {
      problems.add(
          new Problem(
              ErrorCode.TYPE_UNSUPPORTED,
              Location.MODEL,
              "sparse initializers",
              "dense ones",
              "convert them to dense tensors before the export"));
      graph.getSparseInitializerList().forEach(sparse -> failed.add(sparse.getValues().getName()));
    }
    for (TensorProto proto : graph.getInitializerList()) {
      Location where = Location.value(proto.getName());
      make(
          proto.getName(),
          where,
          () -> builder.constant(proto.getName(), TensorDecoder.decode(proto, where)));
    }
  }

  private interface Maker {
    Value make();
  }

  /// Defines a name, or notes why that is not possible.
  private void make(String name, Location where, Maker maker) {
    if (values.containsKey(name) || failed.contains(name)) {
      invalid(where, "a second value named `" + name + "`", "names that differ");
      return;
    }
    try {
      values.put(name, maker.make());
    } catch (OperandException e) {
      fail(e.at(where), List.of(name));
    } catch (CompileException e) {
      fail(e, List.of(name));
    }
  }

  private void fail(CompileException cause, List<String> names) {
    problems.addAll(cause.problems());
    failed.addAll(names);
  }

  private void invalid(Location where, String seen, String allowed) {
    problems.add(
        new Problem(
            ErrorCode.GRAPH_INVALID, where, seen, allowed, "export the model again, or mend it"));
  }

  private void readNodes() {
    Set<String> made = new HashSet<>();
    graph.getNodeList().forEach(node -> made.addAll(node.getOutputList()));
    for (NodeProto node : graph.getNodeList()) {
      for (String input : node.getInputList()) {
        if (!input.isEmpty() && !made.contains(input) && !isKnown(input)) {
          invalid(
              Location.node(OnnxNode.nameOf(node), node.getOpType()),
              "reads `" + input + "`, which nothing makes",
              "an input, an initializer or an output of another node");
          failed.add(input);
        }
      }
    }
    for (NodeProto node : NodeOrder.sort(graph.getNodeList(), problems)) {
      Optional<Importer> importer = OperatorTable.find(node, opset);
      if (importer.isEmpty() || node.getInputList().stream().anyMatch(failed::contains)) {
        failed.addAll(node.getOutputList());
      } else {
        readNode(node, importer.get());
      }
    }
  }

  private boolean isKnown(String name) {
    return values.containsKey(name) || failed.contains(name);
  }

  private void readNode(NodeProto proto, Importer importer) {
    List<Optional<Value>> inputs =
        new ArrayList<>(
            proto.getInputList().stream()
                .map(name -> Optional.ofNullable(values.get(name)))
                .toList());
    while (!inputs.isEmpty() && inputs.getLast().isEmpty()) {
      inputs.removeLast();
    }
    OnnxNode node = new OnnxNode(proto, opset, inputs, builder);
    try {
      List<Value> made = importer.read(node);
      node.attributes().checkAllRead();
      define(proto, node, made);
    } catch (OperandException e) {
      fail(e.at(node.where()), proto.getOutputList());
    } catch (CompileException e) {
      fail(e, proto.getOutputList());
    } catch (ArithmeticException e) {
      fail(tooLarge(node), proto.getOutputList());
    }
  }

  private static CompileException tooLarge(OnnxNode node) {
    return new CompileException(
        ErrorCode.TENSOR_TOO_LARGE,
        node.where(),
        "numbers that do not fit 63 bits when multiplied",
        "tensors of at most 512 MiB",
        "check the constants that shapes are computed from");
  }

  private void define(NodeProto proto, OnnxNode node, List<Value> made) {
    for (int i = 0; i < proto.getOutputCount(); i++) {
      String name = proto.getOutput(i);
      if (name.isEmpty()) {
        continue;
      }
      if (i >= made.size()) {
        throw node.unsupported(
            "output " + i + ", `" + name + "`",
            "the first " + made.size() + " outputs of this operator",
            "remove whatever reads this output");
      }
      if (isKnown(name)) {
        invalid(node.where(), "a second value named `" + name + "`", "names that differ");
      }
      values.put(name, made.get(i));
    }
  }

  private void readOutputs() {
    if (graph.getOutputCount() == 0) {
      invalid(Location.MODEL, "a graph without outputs", "at least one output");
    }
    Set<String> seen = new HashSet<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      String name = output.getName();
      Value value = values.get(name);
      if (!seen.add(name)) {
        invalid(Location.value(name), "a second output of this name", "names that differ");
      } else if (value != null) {
        builder.output(name, value);
      } else if (!failed.contains(name) && problems.isEmpty()) {
        invalid(Location.value(name), "an output that nothing makes", "the output of a node");
      }
    }
    problems.addAll(DeclaredTypes.check(graph, values, dims));
  }
}
