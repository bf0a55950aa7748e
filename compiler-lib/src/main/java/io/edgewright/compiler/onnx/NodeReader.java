package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.graph.OperandException;
import io.edgewright.compiler.graph.Value;
import io.edgewright.compiler.onnx.operators.Importer;
import io.edgewright.compiler.onnx.operators.OnnxNode;
import io.edgewright.compiler.onnx.operators.SparseDecoder;
import io.edgewright.compiler.onnx.operators.TensorDecoder;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.RunTimeExtentException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads initializers and nodes of an ONNX graph into a scope: each node goes to the importer of
/// its operator, a call of a function of the model becomes the nodes of its body.
final class NodeReader {
  private final ModelScope model;
  private final GraphScope scope;

  NodeReader(ModelScope model, GraphScope scope) {
    this.model = model;
    this.scope = scope;
  }

  void readInitializers(GraphProto graph) {
    for (SparseTensorProto proto : graph.getSparseInitializerList()) {
      String name = proto.getValues().getName();
      Location where = Location.value(name);
      scope.make(
          name, where, () -> scope.builder().constant(name, SparseDecoder.decode(proto, where)));
    }
    for (TensorProto proto : graph.getInitializerList()) {
      String name = proto.getName();
      Location where = Location.value(name);
      scope.make(
          name, where, () -> scope.builder().constant(name, TensorDecoder.decode(proto, where)));
    }
  }

  /// Notes every operator that cannot be imported.
  void checkOperators(List<NodeProto> nodes) {
    scope.problems().addAll(model.coverage().problems(nodes));
  }

  void readNodes(List<NodeProto> nodes) {
    findNamesThatNothingMakes(nodes);
    for (NodeProto node : NodeOrder.sort(nodes, scope.problems())) {
      if (NestedGraphs.reads(node).stream().anyMatch(scope::isFailed)) {
        scope.fail(node.getOutputList());
      } else {
        readNode(node);
      }
    }
  }

  private void findNamesThatNothingMakes(List<NodeProto> nodes) {
    Set<String> made = new HashSet<>();
    nodes.forEach(node -> made.addAll(node.getOutputList()));
    for (NodeProto node : nodes) {
      for (String input : NestedGraphs.reads(node)) {
        if (!made.contains(input) && !scope.isKnown(input)) {
          scope.invalid(
              Location.node(OnnxNode.nameOf(node), node.getOpType()),
              "reads `" + input + "`, which nothing makes",
              "an input, an initializer or an output of another node");
          scope.fail(List.of(input));
        }
      }
    }
  }

  private void readNode(NodeProto proto) {
    OnnxNode node = new OnnxNode(proto, model.opset(), inputs(proto), scope);
    try {
      model.countNode(node.where());
      Optional<List<Value>> made = made(proto, node);
      if (made.isPresent()) {
        define(proto, node, made.get());
      } else {
        scope.fail(proto.getOutputList());
      }
    } catch (OperandException e) {
      scope.fail(e.at(node.where()), proto.getOutputList());
    } catch (CompileException e) {
      scope.fail(e, proto.getOutputList());
    } catch (RunTimeExtentException e) {
      scope.fail(runTimeExtent(node, e.count()), proto.getOutputList());
    } catch (ArithmeticException e) {
      scope.fail(tooLarge(node), proto.getOutputList());
    }
  }

  /// The node's outputs; nothing where its operator is not known, which was said before.
  private Optional<List<Value>> made(NodeProto proto, OnnxNode node) {
    Optional<FunctionProto> function = model.functions().find(proto);
    if (function.isPresent()) {
      return Optional.of(call(function.get(), proto, node));
    }
    Optional<Importer> importer = OperatorTable.find(proto, model.opset());
    Optional<List<Value>> made = importer.map(known -> known.read(node));
    if (made.isPresent()) {
      node.attributes().checkAllRead();
    }
    return made;
  }

  private List<Optional<Value>> inputs(NodeProto proto) {
    List<Optional<Value>> inputs =
        new ArrayList<>(proto.getInputList().stream().map(scope::find).toList());
    while (!inputs.isEmpty() && inputs.getLast().isEmpty()) {
      inputs.removeLast();
    }
    return inputs;
  }

  private List<Value> call(FunctionProto function, NodeProto call, OnnxNode node) {
    ModelScope inside = model.inFunction(function, node.where());
    GraphScope body = scope.apart(inside);
    Set<String> leftOut = new HashSet<>();
    for (int i = 0; i < function.getInputCount(); i++) {
      String name = function.getInput(i);
      Optional<Value> argument = node.optional(i);
      if (argument.isPresent()) {
        body.make(name, node.where(), argument::get);
      } else {
        leftOut.add(name);
      }
    }
    List<NodeProto> nodes = LocalFunctions.body(function, call, leftOut);
    NodeReader reader = new NodeReader(inside, body);
    reader.checkOperators(nodes);
    reader.readNodes(nodes);
    return body.results(function.getOutputList());
  }

  private static CompileException runTimeExtent(OnnxNode node, Count count) {
    return node.unsupported(
        "dimension `" + count + "`, which only a run of the program knows",
        "an extent that is a number when compiling",
        "give a fixed number in `dims`, or make the model's shapes fixed before this node");
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
      Value value = made.get(i);
      scope.make(name, node.where(), () -> value);
    }
  }
}
