package io.edgewright.device.run;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.frames.RawFrames;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import io.edgewright.device.store.Home;
import io.edgewright.device.store.Slots;
import io.edgewright.device.store.Store;
import io.edgewright.device.testing.Installing;
import io.edgewright.device.testing.Pictures;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.ToyBundle;
import io.edgewright.device.testing.TufPublisher;
import io.edgewright.device.transport.Patience;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisorTest {
  private static final byte[] GOOD = ToyBundle.named("good").zip();
  private static final String CRASHES = "#!/bin/sh\nhead -c 16 >/dev/null\nkill -SEGV $$\n";
  private static final String HANGS = "#!/bin/sh\nexec sleep 60\n";
  private static final String BABBLES = "#!/bin/sh\nhead -c 16 >/dev/null\necho I see a cat\n";
  private static final String REFUSES = "#!/bin/sh\nhead -c 16 >/dev/null\nexit 2\n";

  @TempDir Path folder;
  private Store store = new Store(new LocalDisk(), new Home(Path.of("")));
  private final List<String> results = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void prepare() {
    store = new Store(new LocalDisk(), new Home(folder));
    store.prepare();
  }

  @Test
  void saysWhereEachResultCameFrom() {
    Installing.install(store, GOOD);

    assertThat(run(3, 2)).isEmpty();

    assertThat(results).hasSize(2);
    JsonValue second = JsonText.parse(results.get(1).getBytes(StandardCharsets.UTF_8), "result");
    assertThat(second.require("source").text()).isEqualTo("stdin:1");
    assertThat(second.require("frame").integer(0, 9)).isEqualTo(1);
    assertThat(second.require("outputs").require("size").items().get(0).integer(0, 9)).isEqualTo(3);
  }

  @Test
  void provesABundleByItsFirstResult() {
    Installing.install(store, GOOD);
    assertThat(store.slots().active().orElseThrow().confirmed()).isFalse();

    run(3, 1);

    assertThat(store.slots().active().orElseThrow().confirmed()).isTrue();
  }

  @Test
  void saysWhenNothingIsInstalled() {
    assertRefused(DeviceErrorCode.NOTHING_INSTALLED, () -> run(3, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "CRASHES, EW-5402, killed by signal 11",
    "HANGS, EW-5403, no result",
    "BABBLES, EW-5404, I see a cat"
  })
  void goesBackToTheLastGoodBundleAndSaysWhy(String how, String code, String seen) {
    Installing.installProven(store, GOOD);
    byte[] bad = ToyBundle.running(model(how)).zip();
    Installing.install(store, bad);

    assertThat(run(3, 2)).isEmpty();

    assertThat(results).hasSize(2);
    assertThat(store.slots().active().map(Slots.Slot::name)).contains("good");
    assertThat(store.slots().refusal(SigningKey.sha256(bad)).map(Slots.Refused::code))
        .contains(code);
    String report =
        new String(store.report(store.reports().get(0)).orElseThrow(), StandardCharsets.UTF_8);
    assertThat(report).contains("\"rolled-back\"", code, seen, SigningKey.sha256(GOOD));
  }

  @Test
  void startsACrashedModelAgainAfterAPause() {
    Installing.install(
        store,
        ToyBundle.running(
                "#!/bin/sh\n"
                    + "[ -e ../../crashed ] || { touch ../../crashed; kill -9 $$; }\n"
                    + ToyBundle.MODEL)
            .zip());

    assertThat(run(3, 2)).isEmpty();

    assertThat(results).hasSize(2);
    assertThat(log).hasSize(1);
    assertThat(pauses).hasSize(1);
  }

  @Test
  void keepsTryingTheOnlyBundleThereIs() {
    Installing.install(store, ToyBundle.running(CRASHES).zip());

    assertRefused(DeviceErrorCode.MODEL_CRASHED, () -> run(3, 1));
    assertRefused(DeviceErrorCode.MODEL_CRASHED, () -> run(3, 1));

    assertThat(store.slots().active()).isPresent();
    assertThat(store.reports()).hasSize(2);
  }

  @Test
  void skipsAFrameThatAProvenModelCannotBear() {
    // Dies of every frame that is three pixels wide.
    String picky = ToyBundle.MODEL.replace("  sum=", "  [ $2 = 3 ] && kill -9 $$\n  sum=");
    Installing.install(store, ToyBundle.running(picky).zip());
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int width : new int[] {2, 3, 4}) {
      frames.writeBytes(Pictures.frame(width, 2));
    }

    Optional<DeviceException> problem = run(frames.toByteArray(), Long.MAX_VALUE);

    assertThat(results).hasSize(2);
    assertThat(problem.map(DeviceException::code)).contains(DeviceErrorCode.MODEL_CRASHED);
  }

  @Test
  void keepsAModelThatSaysThatAFrameDoesNotFit() {
    String refusal =
        "  if [ $2 = 3 ]; then head -c $(($2 * $3 * $4)) >/dev/null;"
            + " echo '{\"frame\":1,\"error\":\"too wide\"}'; continue; fi\n  sum=";
    Installing.install(store, ToyBundle.running(ToyBundle.MODEL.replace("  sum=", refusal)).zip());
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int width : new int[] {2, 3, 4}) {
      frames.writeBytes(Pictures.frame(width, 2));
    }

    Optional<DeviceException> problem = run(frames.toByteArray(), Long.MAX_VALUE);

    assertThat(results).hasSize(2);
    assertThat(results.get(1)).contains("\"frame\":1,"); // counted by the same process
    assertThat(problem.map(DeviceException::code)).contains(DeviceErrorCode.FRAME_UNREADABLE);
  }

  @Test
  void givesUpAProvenBundleThatFailsOnThreeFramesInARow() {
    Installing.installProven(store, GOOD);
    Installing.installProven(store, ToyBundle.running(CRASHES).zip());

    run(3, 4);

    assertThat(results).hasSize(2);
    assertThat(store.slots().active().map(Slots.Slot::name)).contains("good");
  }

  @Test
  void doesNotBlameTheBundleForAFrameThatItRefuses() {
    Installing.installProven(store, GOOD);
    Installing.install(store, ToyBundle.running(REFUSES).zip());

    Optional<DeviceException> problem = run(3, 5);

    assertThat(problem.map(DeviceException::code)).contains(DeviceErrorCode.FRAME_UNREADABLE);
    assertThat(store.slots().active().map(Slots.Slot::name)).contains("toy");
  }

  @Test
  void goesBackWhenTheInstalledBundleWasDamaged() throws IOException {
    Installing.installProven(store, GOOD);
    byte[] next = ToyBundle.named("next").zip();
    Installing.install(store, next);
    Path weights = store.home().bundle(SigningKey.sha256(next)).resolve("weights.bin");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[1234] ^= 4;
    Files.write(weights, bytes);

    run(3, 1);

    assertThat(results).hasSize(1);
    assertThat(store.slots().active().map(Slots.Slot::name)).contains("good");
    // It may be installed again: the disk was at fault.
    assertThat(store.slots().refusal(SigningKey.sha256(next))).isEmpty();
  }

  @Test
  void givesTheNextFrameToABundleThatWasActivatedMeanwhile() {
    Installing.install(store, GOOD);
    List<String> names = new ArrayList<>();
    try (Supervisor supervisor = supervisor()) {
      supervisor.run(
          source(repeated(2)),
          Long.MAX_VALUE,
          (line, bundle) -> {
            names.add(store.slots().active().orElseThrow().name());
            if (names.size() == 1) {
              Installing.install(store, ToyBundle.named("next").zip());
            }
          });
    }

    assertThat(names).containsExactly("good", "next");
    assertThat(store.slots().active().orElseThrow().confirmed()).isTrue();
  }

  @Test
  void stopsAfterTheCount() {
    Installing.install(store, GOOD);

    run(repeated(5), 3);

    assertThat(results).hasSize(3);
  }

  private static String model(String how) {
    return switch (how) {
      case "CRASHES" -> CRASHES;
      case "HANGS" -> HANGS;
      default -> BABBLES;
    };
  }

  private Optional<DeviceException> run(int width, int count) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int index = 0; index < count; index++) {
      frames.writeBytes(Pictures.frame(width, 2));
    }
    return run(frames.toByteArray(), Long.MAX_VALUE);
  }

  private Optional<DeviceException> run(byte[] frames, long count) {
    try (Supervisor supervisor = supervisor()) {
      return supervisor.run(source(frames), count, (line, bundle) -> results.add(line));
    }
  }

  private Supervisor supervisor() {
    return new Supervisor(
        store,
        new Supervisor.Pace(Duration.ofMillis(1500), OptionalLong.empty(), OptionalLong.empty()),
        new Supervisor.Surroundings(
            Patience.USUAL, pauses::add, new Random(1), () -> TufPublisher.NOW, log::add));
  }

  private static RawFrames source(byte[] frames) {
    return new RawFrames("stdin", new ByteArrayInputStream(frames));
  }

  private static byte[] repeated(int count) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int index = 0; index < count; index++) {
      frames.writeBytes(Pictures.frame(2, 2));
    }
    return frames.toByteArray();
  }
}
