package io.edgewright.device.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.bundle.ResultPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static final String TWO =
      "{\"frame\":0,\"outputs\":{\"detections\":[{\"class\":1,\"label\":\"person\",\"score\":0.9},"
          + "{\"class\":2,\"score\":0.4}],\"scores\":[1.5,-2]}}";

  private static ResultPolicy policy(double threshold, boolean onChange, String... fields) {
    return new ResultPolicy(
        fields.length == 0 ? Optional.empty() : Optional.of(List.of(fields)),
        threshold,
        onChange,
        1,
        100,
        1000,
        1 << 16);
  }

  @Test
  void leavesOutFieldsAndWhatIsBelowTheThreshold() {
    Finding finding = Finding.of(TWO, policy(0.5, false, "detections"));

    assertThat(finding.outputs())
        .isEqualTo("{\"detections\":[{\"class\":1,\"label\":\"person\",\"score\":0.9}]}");
    assertThat(finding.labels()).isEqualTo(Map.of("person", 1L));
  }

  @Test
  void keepsTensorsAsTheyAre() {
    Finding finding = Finding.of(TWO, policy(0.95, false));

    assertThat(finding.outputs()).isEqualTo("{\"detections\":[],\"scores\":[1.5,-2]}");
    assertThat(finding.isEmpty()).isFalse();
    assertThat(Finding.of(TWO, policy(0.95, false, "detections")).isEmpty()).isTrue();
    assertThat(Finding.of(TWO, policy(0.95, false, "scores")).isEmpty()).isFalse();
  }

  @Test
  void namesClassesWithoutLabelsByTheirNumber() {
    assertThat(Finding.of(TWO, policy(0, false)).labels())
        .isEqualTo(Map.of("person", 1L, "class 2", 1L));
    String classes = "{\"outputs\":{\"classes\":[{\"class\":7,\"probability\":0.2}]}}";
    assertThat(Finding.of(classes, policy(0.1, false)).labels()).isEqualTo(Map.of("class 7", 1L));
    assertThat(Finding.of(classes, policy(0.3, false)).isEmpty()).isTrue();
  }

  @Test
  void takesEveryFrameThatShowsSomething() {
    Sampler sampler = new Sampler(policy(0.5, false), new Random(1));

    assertThat(sampler.wants(Finding.of(TWO, policy(0.5, false, "detections")))).isTrue();
    assertThat(sampler.wants(Finding.of(TWO, policy(0.5, false, "detections")))).isTrue();
    assertThat(sampler.wants(Finding.of(TWO, policy(0.95, false, "detections")))).isFalse();
  }

  @Test
  void takesChangesAndTheEndOfWhatWasThere() {
    Sampler sampler = new Sampler(policy(0.5, true), new Random(1));
    Finding person = Finding.of(TWO, policy(0.5, true, "detections"));
    Finding nobody = Finding.of(TWO, policy(0.95, true, "detections"));

    assertThat(List.of(person, person, nobody, nobody, person).stream().map(sampler::wants))
        .containsExactly(true, false, true, false, true);
  }

  @Test
  void takesThePartThatIsAskedFor() {
    ResultPolicy tenth = new ResultPolicy(Optional.empty(), 0, false, 0.1, 100, 1000, 1 << 16);
    Sampler sampler = new Sampler(tenth, new Random(1));
    int taken = 0;
    for (int frame = 0; frame < 10_000; frame++) {
      taken += sampler.wants(Finding.of(TWO, tenth)) ? 1 : 0;
    }

    assertThat(taken).isBetween(850, 1150);
  }
}
