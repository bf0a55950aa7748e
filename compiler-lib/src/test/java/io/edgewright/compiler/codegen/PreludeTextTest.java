package io.edgewright.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.edgewright.compiler.codegen.PreludeProgram.Entry;
import io.edgewright.compiler.graph.ScalarFunction;
import io.edgewright.compiler.schedule.loops.VectorType;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.tensor.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class PreludeTextTest {
  private static final Prelude.Use EXP = new Prelude.Use("exp", VectorType.floats(8));
  private static final Prelude.Use SIN = new Prelude.Use("sin", VectorType.floats(1));

  static List<Target> devices() {
    return TargetCatalog.standard().devices();
  }

  /// The link fails when a symbol is missing.
  @ParameterizedTest
  @MethodSource("devices")
  void needsNoLibraryOnAnyDevice(Target device) {
    List<Entry> entries = new ArrayList<>();
    for (VectorType type :
        List.of(
            VectorType.floats(1),
            VectorType.floats(4),
            VectorType.floats(16),
            new VectorType(ElementType.FLOAT64, 1),
            new VectorType(ElementType.FLOAT16, 1))) {
      for (ScalarFunction function : ScalarFunction.values()) {
        if (isOfFloats(function)) {
          entries.add(entry(function, type));
        }
      }
    }
    assertThatNoException().isThrownBy(() -> new PreludeProgram(device.id(), List.of(), entries));
  }

  private static boolean isOfFloats(ScalarFunction function) {
    return switch (function) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, SELECT -> false;
      case AND, OR, XOR, NOT, BIT_AND, BIT_OR, BIT_XOR, BIT_NOT, SHIFT_LEFT, SHIFT_RIGHT -> false;
      default -> true;
    };
  }

  private static Entry entry(ScalarFunction function, VectorType type) {
    return new Entry(
        function.name().toLowerCase(Locale.ROOT),
        Collections.nCopies(function.arity(), type),
        function.isPredicate() ? new VectorType(ElementType.BOOL, type.lanes()) : type);
  }

  @Test
  void definesWhatIsUsedAndNothingElse() {
    String text = Prelude.text(Set.of(EXP));
    assertThat(text)
        .contains("ew_exp_f32x8(", "typedef f32 f32x8 ")
        .doesNotContain("ew_log", "f64x");
  }

  @Test
  void givesTheSameTextForTheSameSet() {
    assertThat(Prelude.text(Set.of(EXP, SIN))).isEqualTo(Prelude.text(Set.of(SIN, EXP)));
  }

  @Test
  void refusesAFunctionThatATypeDoesNotHave() {
    Prelude.Use use = new Prelude.Use("exp", new VectorType(ElementType.INT32, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prelude.text(Set.of(use)))
        .withMessage("no exp of i32");
  }
}
