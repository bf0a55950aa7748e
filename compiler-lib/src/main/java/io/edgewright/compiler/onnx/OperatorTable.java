package io.edgewright.compiler.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.edgewright.compiler.graph.Op.ReduceKind;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.onnx.operators.Activations;
import io.edgewright.compiler.onnx.operators.Branches;
import io.edgewright.compiler.onnx.operators.Casting;
import io.edgewright.compiler.onnx.operators.Constants;
import io.edgewright.compiler.onnx.operators.Conv;
import io.edgewright.compiler.onnx.operators.Einsum;
import io.edgewright.compiler.onnx.operators.Elementwise;
import io.edgewright.compiler.onnx.operators.Importer;
import io.edgewright.compiler.onnx.operators.Indexing;
import io.edgewright.compiler.onnx.operators.Loops;
import io.edgewright.compiler.onnx.operators.MatrixProducts;
import io.edgewright.compiler.onnx.operators.Normalizations;
import io.edgewright.compiler.onnx.operators.Padding;
import io.edgewright.compiler.onnx.operators.Pooling;
import io.edgewright.compiler.onnx.operators.Quantization;
import io.edgewright.compiler.onnx.operators.QuantizedFunctions;
import io.edgewright.compiler.onnx.operators.QuantizedProducts;
import io.edgewright.compiler.onnx.operators.Recurrent;
import io.edgewright.compiler.onnx.operators.Reductions;
import io.edgewright.compiler.onnx.operators.Reshaping;
import io.edgewright.compiler.onnx.operators.Resizing;
import io.edgewright.compiler.onnx.operators.ScanLoops;
import io.edgewright.compiler.onnx.operators.Scans;
import io.edgewright.compiler.onnx.operators.Scattering;
import io.edgewright.compiler.onnx.operators.Slicing;
import io.edgewright.compiler.onnx.operators.Softmaxes;
import io.edgewright.compiler.onnx.operators.Suppression;
import io.edgewright.compiler.onnx.operators.Triangles;
import io.edgewright.compiler.onnx.operators.Uniques;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every operator of ONNX that can be imported, with the opsets that define it.
public final class OperatorTable {
  /// @param from first opset
  /// @param to last opset
  record Entry(String operator, long from, long to, Importer importer) {}

  private static final long NOW = OnnxReader.NEWEST_OPSET;

  private static final List<Entry> STANDARD =
      List.of(
          // arithmetic, one function of the elements
          one("Abs", 1, Elementwise.unary(ScalarFunction.ABSOLUTE)),
          one("Neg", 1, Elementwise.unary(ScalarFunction.NEGATE)),
          one("Sign", 9, Elementwise.unary(ScalarFunction.SIGN)),
          one("Reciprocal", 1, Elementwise.unary(ScalarFunction.RECIPROCAL)),
          one("Sqrt", 1, Elementwise.unary(ScalarFunction.SQUARE_ROOT)),
          one("Exp", 1, Elementwise.unary(ScalarFunction.EXP)),
          one("Log", 1, Elementwise.unary(ScalarFunction.LOG)),
          one("Erf", 9, Elementwise.unary(ScalarFunction.ERF)),
          one("Floor", 1, Elementwise.unary(ScalarFunction.FLOOR)),
          one("Ceil", 1, Elementwise.unary(ScalarFunction.CEIL)),
          one("Round", 11, Elementwise.unary(ScalarFunction.ROUND)),
          one("Sin", 7, Elementwise.unary(ScalarFunction.SIN)),
          one("Cos", 7, Elementwise.unary(ScalarFunction.COS)),
          one("Tan", 7, Elementwise.unary(ScalarFunction.TAN)),
          one("Asin", 7, Elementwise.unary(ScalarFunction.ASIN)),
          one("Acos", 7, Elementwise.unary(ScalarFunction.ACOS)),
          one("Atan", 7, Elementwise.unary(ScalarFunction.ATAN)),
          one("Sinh", 9, Elementwise.unary(ScalarFunction.SINH)),
          one("Cosh", 9, Elementwise.unary(ScalarFunction.COSH)),
          one("Asinh", 9, Elementwise.unary(ScalarFunction.ASINH)),
          one("Acosh", 9, Elementwise.unary(ScalarFunction.ACOSH)),
          one("Atanh", 9, Elementwise.unary(ScalarFunction.ATANH)),
          one("Add", 1, Elementwise.binary(ScalarFunction.ADD)),
          one("Sub", 1, Elementwise.binary(ScalarFunction.SUBTRACT)),
          one("Mul", 1, Elementwise.binary(ScalarFunction.MULTIPLY)),
          one("Div", 1, Elementwise.binary(ScalarFunction.DIVIDE)),
          one("Pow", 1, Elementwise::power),
          one("Mod", 10, Elementwise::modulo),
          one("Sum", 1, Elementwise.variadic(ScalarFunction.ADD)),
          one("Min", 1, Elementwise.variadic(ScalarFunction.MINIMUM)),
          one("Max", 1, Elementwise.variadic(ScalarFunction.MAXIMUM)),
          one("Mean", 1, Elementwise::mean),
          // logic and comparisons
          one("Not", 1, Elementwise.unary(ScalarFunction.NOT)),
          one("And", 1, Elementwise.binary(ScalarFunction.AND)),
          one("Or", 1, Elementwise.binary(ScalarFunction.OR)),
          one("Xor", 1, Elementwise.binary(ScalarFunction.XOR)),
          one("BitwiseNot", 18, Elementwise.unary(ScalarFunction.BIT_NOT)),
          one("BitwiseAnd", 18, Elementwise.binary(ScalarFunction.BIT_AND)),
          one("BitwiseOr", 18, Elementwise.binary(ScalarFunction.BIT_OR)),
          one("BitwiseXor", 18, Elementwise.binary(ScalarFunction.BIT_XOR)),
          one("BitShift", 11, Elementwise::bitShift),
          one("Equal", 1, Elementwise.binary(ScalarFunction.EQUAL)),
          one("Less", 1, Elementwise.binary(ScalarFunction.LESS)),
          one("LessOrEqual", 12, Elementwise.binary(ScalarFunction.LESS_OR_EQUAL)),
          one("Greater", 1, Elementwise.swapped(ScalarFunction.LESS)),
          one("GreaterOrEqual", 12, Elementwise.swapped(ScalarFunction.LESS_OR_EQUAL)),
          one("IsNaN", 9, Elementwise.unary(ScalarFunction.IS_NAN)),
          one("IsInf", 10, Elementwise::isInfinite),
          one("Where", 9, Elementwise::where),
          // activations
          one("Relu", 1, Activations.formula(Activations::relu)),
          one("LeakyRelu", 1, Activations.formula(Activations::leakyRelu)),
          one("ThresholdedRelu", 10, Activations.formula(Activations::thresholdedRelu)),
          one("PRelu", 1, Activations::parametricRelu),
          one("Elu", 1, Activations.formula(Activations::elu)),
          one("Selu", 1, Activations.formula(Activations::selu)),
          one("Celu", 12, Activations.formula(Activations::celu)),
          one("Sigmoid", 1, Elementwise.unary(ScalarFunction.SIGMOID)),
          one("Tanh", 1, Elementwise.unary(ScalarFunction.TANH)),
          one("HardSigmoid", 1, Activations.formula(Activations::hardSigmoid)),
          one("HardSwish", 14, Activations.formula(Activations::hardSwish)),
          one("Swish", 24, Activations.formula(Activations::swish)),
          one("Softplus", 1, Activations.formula(Activations::softplus)),
          one("Softsign", 1, Activations.formula(Activations::softsign)),
          one("Mish", 18, Activations.formula(Activations::mish)),
          one("Gelu", 20, Activations.formula(Activations::gelu)),
          one("Shrink", 9, Activations.formula(Activations::shrink)),
          one("Clip", 1, Activations::clip),
          one("Softmax", 1, Softmaxes::softmax),
          one("LogSoftmax", 1, Softmaxes::logSoftmax),
          one("Hardmax", 1, Softmaxes::hardmax),
          // convolution, pooling, products
          one("Conv", 1, Conv::read),
          many("MaxPool", 1, Pooling::maximum),
          one("AveragePool", 1, Pooling::average),
          one("LpPool", 1, Pooling::norm),
          one("GlobalMaxPool", 1, Pooling::globalMaximum),
          one("GlobalAveragePool", 1, Pooling::globalAverage),
          one("GlobalLpPool", 1, Pooling::globalNorm),
          one("MatMul", 1, MatrixProducts::matMul),
          one("Gemm", 1, MatrixProducts::gemm),
          one("Einsum", 12, Einsum::read),
          // normalization
          one("BatchNormalization", 1, Normalizations::batch),
          one("InstanceNormalization", 1, Normalizations::instance),
          many("LayerNormalization", 17, Normalizations::layer),
          one("GroupNormalization", 18, Normalizations::group),
          one("RMSNormalization", 23, Normalizations::rootMeanSquare),
          one("LRN", 1, Normalizations::localResponse),
          one("LpNormalization", 1, Normalizations::norm),
          one("MeanVarianceNormalization", 9, Normalizations::meanVariance),
          // reductions
          one("ReduceSum", 1, Reductions.plain(ReduceKind.SUM)),
          one("ReduceMean", 1, Reductions.plain(ReduceKind.MEAN)),
          one("ReduceMax", 1, Reductions.plain(ReduceKind.MAXIMUM)),
          one("ReduceMin", 1, Reductions.plain(ReduceKind.MINIMUM)),
          one("ReduceProd", 1, Reductions.plain(ReduceKind.PRODUCT)),
          one("ReduceL1", 1, Reductions.l1()),
          one("ReduceL2", 1, Reductions.l2()),
          one("ReduceSumSquare", 1, Reductions.sumOfSquares()),
          one("ReduceLogSum", 1, Reductions.logarithmOfSum()),
          one("ReduceLogSumExp", 1, Reductions::logarithmOfSumOfPowers),
          one("ArgMax", 1, Reductions.argument(true)),
          one("ArgMin", 1, Reductions.argument(false)),
          many("TopK", 1, Reductions::topK),
          one("CumSum", 11, Scans::sum),
          one("CumProd", 26, Scans::product),
          // shapes
          one("Identity", 1, Reshaping::identity),
          many("Dropout", 1, Reshaping::dropout),
          one("Reshape", 1, Reshaping::reshape),
          one("Flatten", 1, Reshaping::flatten),
          one("Squeeze", 1, Reshaping::squeeze),
          one("Unsqueeze", 1, Reshaping::unsqueeze),
          one("Transpose", 1, Reshaping::transpose),
          one("Expand", 8, Reshaping::expand),
          one("Tile", 1, Reshaping::tile),
          one("DepthToSpace", 1, Reshaping::depthToSpace),
          one("SpaceToDepth", 1, Reshaping::spaceToDepth),
          one("Slice", 1, Slicing::slice),
          many("Split", 1, Slicing::split),
          one("Concat", 1, Slicing::concat),
          one("Pad", 1, Padding::read),
          one("Trilu", 14, Triangles::read),
          one("Resize", 10, 10, Resizing::upsample),
          one("Resize", 11, Resizing::resize),
          one("Upsample", 1, Resizing::upsample),
          // indices
          one("NonMaxSuppression", 10, Suppression::read),
          one("Gather", 1, Indexing::gather),
          one("GatherElements", 11, Indexing::gatherElements),
          one("GatherND", 11, Indexing::gatherNd),
          one("Compress", 9, Indexing::compress),
          many("Unique", 11, Uniques::read),
          one("Scatter", 9, Scattering::elements),
          one("ScatterElements", 11, Scattering::elements),
          one("ScatterND", 11, Scattering::nd),
          one("OneHot", 9, Reductions::oneHot),
          // control flow and recurrence
          many("If", 1, Branches::read),
          many("Loop", 1, Loops::read),
          many("Scan", 8, ScanLoops::read),
          many("LSTM", 1, Recurrent::lstm),
          many("GRU", 1, Recurrent::gru),
          many("RNN", 1, Recurrent::rnn),
          // types and constants
          one("Cast", 1, Casting::cast),
          one("CastLike", 15, Casting::castLike),
          one("QuantizeLinear", 10, Quantization::quantize),
          one("DequantizeLinear", 10, Quantization::dequantize),
          many("DynamicQuantizeLinear", 11, Quantization::dynamic),
          one("QLinearConv", 10, QuantizedProducts::qLinearConv),
          one("QLinearMatMul", 10, QuantizedProducts::qLinearMatMul),
          one("ConvInteger", 10, QuantizedProducts::convInteger),
          one("MatMulInteger", 10, QuantizedProducts::matMulInteger),
          one("Constant", 1, Constants::constant),
          one("ConstantOfShape", 9, Constants::constantOfShape),
          one("Shape", 1, Constants::shape),
          one("Size", 1, Constants::size),
          one("Range", 11, Constants::range),
          one("EyeLike", 9, Constants::eyeLike),
          one("NonZero", 9, Constants::nonZero));

  private static final String MICROSOFT = "com.microsoft";

  /// What ONNX Runtime's tools write into quantized models.
  private static final List<Entry> OF_MICROSOFT =
      List.of(
          microsoft("QuantizeLinear", Quantization::quantize),
          microsoft("DequantizeLinear", Quantization::dequantize),
          microsoft("QLinearAdd", QuantizedFunctions.binary(ScalarFunction.ADD)),
          microsoft("QLinearMul", QuantizedFunctions.binary(ScalarFunction.MULTIPLY)),
          microsoft("QLinearSigmoid", QuantizedFunctions::sigmoid),
          microsoft("QLinearLeakyRelu", QuantizedFunctions.unary(Activations::leakyRelu)),
          microsoft("QLinearSoftmax", QuantizedFunctions::softmax),
          microsoft("QLinearAveragePool", QuantizedFunctions::averagePool),
          microsoft("QLinearGlobalAveragePool", QuantizedFunctions::globalAveragePool),
          microsoft("QLinearConcat", QuantizedFunctions::concat),
          microsoft("QGemm", QuantizedProducts::qGemm),
          microsoft("MatMulIntegerToFloat", QuantizedProducts::matMulIntegerToFloat),
          microsoft("DynamicQuantizeMatMul", QuantizedProducts::dynamicQuantizeMatMul));

  private static final List<Entry> ENTRIES =
      Stream.concat(STANDARD.stream(), OF_MICROSOFT.stream()).toList();

  private OperatorTable() {}

  private static Entry microsoft(String operator, Importer.Single importer) {
    return one(MICROSOFT + "." + operator, 1, importer);
  }

  /// The name of a node's operator in the table: the domain stands in front where it is not ONNX's
  /// own.
  static String name(NodeProto node) {
    return OnnxReader.isStandard(node.getDomain())
        ? node.getOpType()
        : node.getDomain() + "." + node.getOpType();
  }

  static Optional<Importer> find(NodeProto node, long opset) {
    return find(name(node), opset);
  }

  private static Entry one(String operator, long from, Importer.Single importer) {
    return one(operator, from, NOW, importer);
  }

  private static Entry one(String operator, long from, long to, Importer.Single importer) {
    return new Entry(operator, from, to, node -> List.of(importer.read(node)));
  }

  private static Entry many(String operator, long from, Importer importer) {
    return new Entry(operator, from, NOW, importer);
  }

  private static Optional<Importer> find(String operator, long opset) {
    return ENTRIES.stream()
        .filter(entry -> entry.operator.equals(operator))
        .filter(entry -> entry.from <= opset && opset <= entry.to)
        .map(Entry::importer)
        .findFirst();
  }

  /// Names of all operators that can be imported in some opset.
  public static Set<String> operators() {
    return ENTRIES.stream().map(Entry::operator).collect(Collectors.toCollection(TreeSet::new));
  }

  /// The first opset that has an operator, where it is in the table.
  static Optional<Long> since(String operator) {
    return ENTRIES.stream()
        .filter(entry -> entry.operator.equals(operator))
        .map(Entry::from)
        .min(Long::compare);
  }
}
