package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.diagnostics.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every code has a page for whoever meets it, and a test that meets it. A new code does not
/// compile here until it names its test.
class ErrorCodeTest {
  private static final Path PROJECT = Path.of(System.getProperty("edgewright.project", ".."));
  private static final Path TESTS =
      PROJECT.resolve("compiler-lib/src/test/java/io/edgewright/compiler");

  @ParameterizedTest
  @EnumSource
  void hasAPage(ErrorCode code) throws IOException {
    assertThat(Files.readString(PROJECT.resolve("docs/errors/" + code.id() + ".md")))
        .startsWith("# " + code.id() + ": ")
        .containsPattern("(?m)^    .*" + code.id() + " ")
        .contains("## What to do");
  }

  @ParameterizedTest
  @EnumSource
  void isProvokedByATest(ErrorCode code) throws IOException {
    assertThat(Files.readString(TESTS.resolve(test(code) + ".java")))
        .containsPattern("ErrorCode\\." + code.name() + "\\b|" + code.id());
  }

  private static String test(ErrorCode code) {
    return switch (code) {
      case MODEL_UNREADABLE, MODEL_WITHOUT_GRAPH, OPSET_UNSUPPORTED -> "onnx/ModelProblemsTest";
      case OPERATOR_UNSUPPORTED, OPERATOR_INVALID, GRAPH_INVALID -> "onnx/ModelProblemsTest";
      case SHAPE_MISMATCH, TYPE_UNSUPPORTED, INITIALIZER_INVALID -> "onnx/ModelProblemsTest";
      case DIMENSION_UNBOUND, DIMENSION_UNKNOWN, EXTERNAL_DATA -> "onnx/ModelProblemsTest";
      case MODEL_TOO_LARGE, TENSOR_TOO_LARGE, RANK_TOO_HIGH -> "onnx/ModelProblemsTest";
      case TOO_MANY_NODES, TOO_MANY_INITIALIZERS, NAME_TOO_LONG -> "onnx/ModelProblemsTest";
      case NESTING_TOO_DEEP, FOLDING_TOO_LARGE -> "onnx/ModelProblemsTest";
      case FUNCTION_RECURSIVE -> "onnx/LocalFunctionsTest";
      case MANIFEST_FIELD_UNKNOWN, MANIFEST_FIELD_MISSING -> "manifest/ManifestCases";
      case MANIFEST_VALUE_INVALID, PRECISION_UNSUPPORTED -> "manifest/ManifestCases";
      case MANIFEST_UNREADABLE, MANIFEST_TOO_LARGE -> "manifest/ManifestReaderTest";
      case MANIFEST_TENSOR_UNKNOWN, MANIFEST_TENSOR_UNFIT -> "endtoend/EndToEndTest";
      case BUDGET_EXCEEDED -> "manifest/BudgetTest";
      case DEVICE_TOO_SMALL -> "bundle/FootprintTest";
      case OPTION_INVALID -> "CommandLineTest";
      case INTERNAL -> "ErrorCodeTest";
      case TARGET_UNKNOWN, HOST_UNSUPPORTED -> "target/TargetCatalogTest";
      case TOOLCHAIN_UNUSABLE -> "toolchain/ToolchainCacheTest";
      case TOOLCHAIN_FAILED, TOOLCHAIN_TIMEOUT -> "toolchain/ToolchainTest";
      case NOT_FREESTANDING -> "bundle/ElfImageTest";
      case GOLDEN_MISMATCH -> "bundle/GoldenCheckTest";
    };
  }

  /// A fault of ours ends with its code on standard output too, and the trace goes elsewhere.
  @Test
  void faultsOfTheCompilerAreInternal() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> broken = Collections.unmodifiableList(Arrays.asList("--json", null));
    int status =
        new CommandLine(new PrintStream(out, true), new PrintStream(err, true)).run(broken);
    assertThat(status).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(ErrorCode.INTERNAL.id());
  }

  @Test
  void noIdIsUsedTwice() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::id)).doesNotHaveDuplicates();
  }
}
