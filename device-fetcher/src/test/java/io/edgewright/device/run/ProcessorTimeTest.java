package io.edgewright.device.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.frames.FrameSource;
import io.edgewright.device.frames.RawFrames;
import io.edgewright.device.store.Home;
import io.edgewright.device.store.Slots;
import io.edgewright.device.store.Store;
import io.edgewright.device.testing.Installing;
import io.edgewright.device.testing.LateFrames;
import io.edgewright.device.testing.Pictures;
import io.edgewright.device.testing.SigningKey;
import io.edgewright.device.testing.ToyBundle;
import io.edgewright.device.testing.TufPublisher;
import io.edgewright.device.transport.Patience;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the model takes of the processor, in its frames and between them. */
@Tag("slow")
class ProcessorTimeTest {
  @TempDir Path folder;
  private final List<String> results = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void goesBackFromAModelThatNeverRests() {
    byte[] restless = ToyBundle.running(ToyBundle.RESTLESS).zip();
    Installing.installProven(store(), ToyBundle.named("good").zip());
    Installing.install(store(), restless);

    run(new LateFrames(frames(4), Duration.ofMillis(800)), OptionalLong.empty());

    assertThat(results).hasSize(4);
    assertThat(store().slots().active().map(Slots.Slot::name)).contains("good");
    assertThat(store().slots().refusal(SigningKey.sha256(restless)).map(Slots.Refused::code))
        .contains("EW-5410");
  }

  @Test
  void givesTheModelNoMoreThanItsShare() {
    // Every frame costs some tens of milliseconds; at one hundredth of a core that is seconds.
    String busy =
        ToyBundle.MODEL.replace(
            "  sum=", "  i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done\n  sum=");
    Installing.install(store(), ToyBundle.running(busy).zip());

    run(frames(2), OptionalLong.of(1));

    assertThat(results).hasSize(2);
    assertThat(pauses.get(0)).isGreaterThan(Duration.ofSeconds(3));
  }

  private void run(FrameSource source, OptionalLong cpuPercent) {
    Supervisor.Pace pace =
        new Supervisor.Pace(Duration.ofMinutes(1), OptionalLong.empty(), cpuPercent);
    Supervisor.Surroundings surroundings =
        new Supervisor.Surroundings(
            Patience.USUAL, pauses::add, new Random(1), () -> TufPublisher.NOW, line -> {});
    try (Supervisor supervisor = new Supervisor(store(), pace, surroundings)) {
      supervisor.run(source, Long.MAX_VALUE, (line, bundle) -> results.add(line));
    }
  }

  private Store store() {
    Store store = new Store(new LocalDisk(), new Home(folder));
    store.prepare();
    return store;
  }

  private static RawFrames frames(int count) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int index = 0; index < count; index++) {
      frames.writeBytes(Pictures.frame(2, 2));
    }
    return new RawFrames("stdin", new ByteArrayInputStream(frames.toByteArray()));
  }
}
