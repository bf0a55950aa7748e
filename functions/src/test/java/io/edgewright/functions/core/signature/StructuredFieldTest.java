package io.edgewright.functions.core.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewright.functions.core.signature.StructuredField.Item;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredFieldTest {
  @Test
  void readsSeveralSignaturesWithTheirParametersInOrder() {
    var members =
        StructuredField.dictionary(
            "a=(\"@method\" \"x\\\"y\");created=1;nonce=\"n\";tag, b=:AQI=:, c=();z=?0;d=-5");
    assertThat(members.keySet()).containsExactly("a", "b", "c");
    var a = Objects.requireNonNull(members.get("a"));
    assertThat(a.items()).containsExactly(new Item.Text("@method"), new Item.Text("x\"y"));
    assertThat(a.parameters().keySet()).containsExactly("created", "nonce", "tag");
    assertThat(a.serialised()).isEqualTo("(\"@method\" \"x\\\"y\");created=1;nonce=\"n\";tag");
    assertThat(Objects.requireNonNull(members.get("b")).items())
        .isEqualTo(List.of(new Item.Bytes("AQI=")));
    assertThat(Objects.requireNonNull(members.get("c")).serialised()).isEqualTo("();z=?0;d=-5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "a=", "=()", "a=(", "a=(\"x\"", "a=(\"x\"\"y\")", "a=(x)", "a=\"x", "a=\"\u00e9\"",
        "a=:AQI", "a=:?:", "a=?2", "a=-", "a=1,", "a=1 b=2", "a=();=1", "A=1",
            "a=99999999999999999999"
      })
  void refusesWhatIsNoDictionary(String text) {
    assertThatThrownBy(() -> StructuredField.dictionary(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsNothingFromNothing() {
    assertThat(StructuredField.dictionary(" ")).isEmpty();
  }
}
