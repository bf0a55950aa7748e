package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the bytes of an ONNX file. Whatever they are, it ends in bounded time and memory, with a
/// model or with problems that say what the bytes look like.
public final class OnnxReader {
  /// Newest version of the standard operators that the operator table covers.
  public static final long NEWEST_OPSET = 28;

  static final int MAXIMUM_NESTING = 64;
  static final int MAXIMUM_NAME_BYTES = 1024;
  private static final long MAXIMUM_BYTES = 512L << 20;
  private static final long NEWEST_IR = 14;

  private OnnxReader() {}

  /// @param bytes not changed afterwards: initializers refer to them
  /// @throws CompileException with every problem found
  public static OnnxModel read(byte[] bytes) {
    if (bytes.length > MAXIMUM_BYTES) {
      throw problem(
          ErrorCode.MODEL_TOO_LARGE,
          String.format(Locale.ROOT, "%,d bytes", bytes.length),
          String.format(Locale.ROOT, "at most %,d", MAXIMUM_BYTES),
          "use a smaller network or store its weights as float16");
    }
    WireScan.check(bytes);
    ModelProto model = parse(bytes);
    if (!model.hasGraph()) {
      throw foreign(bytes).orElseGet(() -> withoutGraph(bytes));
    }
    List<Problem> problems = new ArrayList<>();
    checkVersions(model, problems);
    checkNames(model, problems);
    if (!problems.isEmpty()) {
      throw new CompileException(problems);
    }
    return new OnnxModel(model);
  }

  private static ModelProto parse(byte[] bytes) {
    CodedInputStream stream = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    stream.enableAliasing(true);
    stream.setRecursionLimit(MAXIMUM_NESTING);
    try {
      ModelProto model = ModelProto.parseFrom(stream);
      stream.checkLastTagWas(0);
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw foreign(bytes).orElseGet(() -> unreadable(bytes, e));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private static Optional<CompileException> foreign(byte[] bytes) {
    return ForeignFormat.of(bytes)
        .map(format ->
            problem(
                ErrorCode.MODEL_UNREADABLE, format.description(), "an ONNX model", format.hint()));
  }

  private static CompileException unreadable(byte[] bytes, InvalidProtocolBufferException cause) {
    String message = Objects.requireNonNullElse(cause.getMessage(), "");
    if (message.contains("too many levels of nesting")) {
      return problem(
          ErrorCode.NESTING_TOO_DEEP,
          "messages nested more than " + MAXIMUM_NESTING + " deep",
          "at most " + MAXIMUM_NESTING,
          "export the model without control flow inside control flow");
    }
    if (ForeignFormat.isText(bytes)) {
      return problem(
          ErrorCode.MODEL_UNREADABLE,
          "text",
          "an ONNX model in binary form",
          "give the .onnx file");
    }
    if (message.contains("truncated") || message.contains("ended unexpectedly")) {
      return problem(
          ErrorCode.MODEL_UNREADABLE,
          String.format(
              Locale.ROOT, "protobuf that ends in the middle, after %,d bytes", bytes.length),
          "a whole file",
          "copy or upload the model again and compare its size");
    }
    return problem(
        ErrorCode.MODEL_UNREADABLE,
        "bytes that are no protobuf message, beginning with " + beginning(bytes),
        "an ONNX model",
        "check that the file is an .onnx file and was not changed on its way");
  }

  private static CompileException withoutGraph(byte[] bytes) {
    return problem(
        ErrorCode.MODEL_WITHOUT_GRAPH,
        bytes.length == 0
            ? "an empty file"
            : "a protobuf message without a graph, beginning with " + beginning(bytes),
        "an ONNX model with a graph",
        "export the model again; this file holds no network");
  }

  private static String beginning(byte[] bytes) {
    int count = Math.min(8, bytes.length);
    return HexFormat.ofDelimiter(" ").formatHex(bytes, 0, count);
  }

  private static void checkVersions(ModelProto model, List<Problem> problems) {
    if (model.getIrVersion() > NEWEST_IR) {
      problems.add(
          new Problem(
              ErrorCode.OPSET_UNSUPPORTED,
              Location.MODEL,
              "IR version " + model.getIrVersion(),
              "1 to " + NEWEST_IR,
              "export the model with an older ONNX release"));
    }
    Optional<OperatorSetIdProto> opset =
        model.getOpsetImportList().stream()
            .filter(candidate -> isStandard(candidate.getDomain()))
            .findFirst();
    if (opset.isEmpty()) {
      problems.add(
          new Problem(
              ErrorCode.OPSET_UNSUPPORTED,
              Location.MODEL,
              "no opset_import for the standard operators",
              "a version from 1 to " + NEWEST_OPSET,
              "export the model again with its opset stated"));
    }
    opset
        .filter(found -> found.getVersion() < 1 || found.getVersion() > NEWEST_OPSET)
        .ifPresent(found ->
            problems.add(
                new Problem(
                    ErrorCode.OPSET_UNSUPPORTED,
                    Location.MODEL,
                    "opset " + found.getVersion(),
                    "1 to " + NEWEST_OPSET + ", the newest supported",
                    "export the model with opset_version=" + NEWEST_OPSET + " or less")));
  }

  static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  /// Names are repeated in messages and in generated code, so they must have an end.
  private static void checkNames(ModelProto model, List<Problem> problems) {
    Stream<String> ofGraphs = NestedGraphs.with(model.getGraph()).flatMap(OnnxReader::names);
    Stream<String> ofFunctions = model.getFunctionsList().stream().flatMap(OnnxReader::names);
    Stream.concat(ofGraphs, ofFunctions)
        .filter(name -> name.length() > MAXIMUM_NAME_BYTES)
        .distinct()
        .limit(10)
        .forEach(name ->
            problems.add(
                new Problem(
                    ErrorCode.NAME_TOO_LONG,
                    Location.MODEL,
                    String.format(
                        Locale.ROOT,
                        "a name of %,d characters, beginning with `%s`",
                        name.length(),
                        name.substring(0, 40)),
                    "at most " + MAXIMUM_NAME_BYTES,
                    "rename it before the export")));
  }

  private static Stream<String> names(GraphProto graph) {
    return Stream.of(
            graph.getNodeList().stream().flatMap(OnnxReader::names),
            graph.getInputList().stream().map(ValueInfoProto::getName),
            graph.getOutputList().stream().map(ValueInfoProto::getName),
            graph.getInitializerList().stream().map(TensorProto::getName),
            graph.getSparseInitializerList().stream().map(sparse -> sparse.getValues().getName()))
        .flatMap(names -> names);
  }

  private static Stream<String> names(FunctionProto function) {
    List<NodeProto> nodes = function.getNodeList();
    return Stream.of(
            Stream.of(function.getName(), function.getDomain()),
            function.getInputList().stream(),
            function.getOutputList().stream(),
            nodes.stream().flatMap(OnnxReader::names),
            NestedGraphs.inside(nodes).flatMap(OnnxReader::names))
        .flatMap(names -> names);
  }

  private static Stream<String> names(NodeProto node) {
    return Stream.concat(
        Stream.of(node.getName(), node.getOpType(), node.getDomain()),
        Stream.concat(node.getInputList().stream(), node.getOutputList().stream()));
  }

  private static CompileException problem(
      ErrorCode code, String seen, String allowed, String hint) {
    return new CompileException(code, Location.MODEL, seen, allowed, hint);
  }
}
