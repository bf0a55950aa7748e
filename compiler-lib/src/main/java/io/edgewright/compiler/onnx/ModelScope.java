package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// What holds for all nodes of a model, or of one of its functions: which operators there are, and
/// how much was imported so far. Calls of functions are followed, so that none calls itself.
final class ModelScope {
  private final LocalFunctions functions;
  private final List<OperatorSetIdProto> imports;
  private final long opset;
  private final List<String> calls;
  private final AtomicInteger nodes;

  private ModelScope(
      LocalFunctions functions,
      List<OperatorSetIdProto> imports,
      long opset,
      List<String> calls,
      AtomicInteger nodes) {
    this.functions = functions;
    this.imports = imports;
    this.opset = opset;
    this.calls = calls;
    this.nodes = nodes;
  }

  static ModelScope of(ModelProto model) {
    List<OperatorSetIdProto> imports = model.getOpsetImportList();
    return new ModelScope(
        new LocalFunctions(model), imports, opset(imports, 1), List.of(), new AtomicInteger());
  }

  private static long opset(List<OperatorSetIdProto> imports, long otherwise) {
    return imports.stream()
        .filter(candidate -> OnnxReader.isStandard(candidate.getDomain()))
        .mapToLong(OperatorSetIdProto::getVersion)
        .findFirst()
        .orElse(otherwise);
  }

  LocalFunctions functions() {
    return functions;
  }

  /// Version of the standard operators.
  int opset() {
    return Math.toIntExact(opset);
  }

  OperatorCoverage coverage() {
    Set<String> domains =
        imports.stream().map(OperatorSetIdProto::getDomain).collect(Collectors.toSet());
    return new OperatorCoverage(opset, domains, functions);
  }

  /// The scope of a function's body.
  ///
  /// @throws CompileException when the function is being called already, or calls nest too deep
  ModelScope inFunction(FunctionProto function, Location where) {
    String name = LocalFunctions.key(function.getDomain(), function.getName());
    List<String> chain = new ArrayList<>(calls);
    chain.add(name);
    if (calls.contains(name)) {
      throw new CompileException(
          ErrorCode.FUNCTION_RECURSIVE,
          where,
          "a function that calls itself: `" + String.join("` -> `", chain) + "`",
          "functions that call other functions only",
          "export the model again; a repetition is written with Loop or Scan");
    }
    if (chain.size() > OnnxReader.MAXIMUM_NESTING) {
      throw new CompileException(
          ErrorCode.NESTING_TOO_DEEP,
          where,
          "functions that call each other more than " + OnnxReader.MAXIMUM_NESTING + " deep",
          "at most " + OnnxReader.MAXIMUM_NESTING,
          "export the model without functions");
    }
    List<OperatorSetIdProto> own = function.getOpsetImportList();
    long ownOpset = opset(own, opset);
    if (ownOpset < 1 || ownOpset > OnnxReader.NEWEST_OPSET) {
      throw new CompileException(
          ErrorCode.OPSET_UNSUPPORTED,
          where,
          "a function of opset " + ownOpset,
          "1 to " + OnnxReader.NEWEST_OPSET + ", the newest supported",
          "export the model with opset_version=" + OnnxReader.NEWEST_OPSET + " or less");
    }
    return new ModelScope(functions, own, ownOpset, chain, nodes);
  }

  /// A few bytes can become many nodes: functions that call functions, loops that are unrolled.
  ///
  /// @throws CompileException when there are too many
  void countNode(Location where) {
    if (nodes.incrementAndGet() > WireScan.MAXIMUM_NODES) {
      throw new CompileException(
          ErrorCode.TOO_MANY_NODES,
          where,
          String.format(
              Locale.ROOT,
              "more than %,d nodes once functions and loops are written out",
              WireScan.MAXIMUM_NODES),
          String.format(Locale.ROOT, "at most %,d", WireScan.MAXIMUM_NODES),
          "simplify the model (for example with onnxsim), or split it");
    }
  }
}
