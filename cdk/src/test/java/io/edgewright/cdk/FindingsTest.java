package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.cdk.StackOptions.Workers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class FindingsTest {
  @Test
  void cdkNagFindsNothingThatIsNotExplained() {
    assertThat(Synthesised.with(Workers.IMAGE).findings()).isEmpty();
  }
}
