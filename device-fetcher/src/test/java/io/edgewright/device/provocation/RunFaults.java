package io.edgewright.device.provocation;

import io.edgewright.device.disk.LocalDisk;
import io.edgewright.device.frames.CapturedFrames;
import io.edgewright.device.frames.FrameSource;
import io.edgewright.device.frames.PictureFiles;
import io.edgewright.device.frames.RawFrames;
import io.edgewright.device.run.Supervisor;
import io.edgewright.device.store.Home;
import io.edgewright.device.store.Store;
import io.edgewright.device.testing.Installing;
import io.edgewright.device.testing.LateFrames;
import io.edgewright.device.testing.Pictures;
import io.edgewright.device.testing.ToyBundle;
import io.edgewright.device.testing.TufPublisher;
import io.edgewright.device.transport.Patience;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** Models that misbehave, and frames that are none. */
public final class RunFaults {
  private static final String READS_A_HEADER = "#!/bin/sh\nhead -c 16 >/dev/null\n";

  private final Path folder;
  private final Store store;

  public RunFaults(Path folder) {
    this.folder = folder;
    this.store = new Store(new LocalDisk(), new Home(folder.resolve("home")));
  }

  public void runNothing() {
    store.prepare();
    show(Pictures.ppm(2, 2));
  }

  public void crash() {
    install(READS_A_HEADER + "kill -SEGV $$\n");
    show(Pictures.ppm(2, 2));
  }

  public void hang() {
    install("#!/bin/sh\nexec sleep 60\n");
    show(Pictures.ppm(2, 2));
  }

  public void babble() {
    install(READS_A_HEADER + "echo I see a cat\n");
    show(Pictures.ppm(2, 2));
  }

  /** Answers a frame, and then spins until it is ended. */
  public void spin() {
    install(ToyBundle.RESTLESS);
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int index = 0; index < 4; index++) {
      frames.writeBytes(Pictures.frame(2, 2));
    }
    run(
        new LateFrames(
            new RawFrames("stdin", new ByteArrayInputStream(frames.toByteArray())),
            Duration.ofSeconds(1)),
        4);
  }

  public void showABrokenPicture() {
    install(ToyBundle.MODEL);
    show("P6 2 2 255\n...".getBytes(StandardCharsets.US_ASCII));
  }

  public void showAHugePicture() {
    install(ToyBundle.MODEL);
    show("P6 5000 5000 255\n".getBytes(StandardCharsets.US_ASCII));
  }

  public void showAPictureToAModelOfTensors() {
    ToyBundle bundle = ToyBundle.named("toy");
    bundle.manifest.put(
        "inputs",
        List.of(Map.of("name", "x", "kind", "tensor", "type", "float32", "shape", List.of(4))));
    Installing.install(store, bundle.zip());
    show(Pictures.ppm(2, 2));
  }

  public void showNothing() {
    PictureFiles.open(folder.resolve("nothing").toString(), InputStream.nullInputStream());
  }

  public void captureNothing() {
    install(ToyBundle.MODEL);
    run(new CapturedFrames("exit 3", pause -> {}), 1);
  }

  private void install(String model) {
    Installing.install(store, ToyBundle.running(model).zip());
  }

  private void show(byte[] ppm) {
    Path file = Pictures.write(folder.resolve("picture.ppm"), ppm);
    run(PictureFiles.open(file.toString(), InputStream.nullInputStream()), 1);
  }

  private void run(FrameSource frames, int count) {
    Supervisor.Pace pace =
        new Supervisor.Pace(Duration.ofMillis(300), OptionalLong.empty(), OptionalLong.empty());
    Supervisor.Surroundings surroundings =
        new Supervisor.Surroundings(
            Patience.USUAL, pause -> {}, new Random(1), () -> TufPublisher.NOW, line -> {});
    try (FrameSource source = frames;
        Supervisor supervisor = new Supervisor(store, pace, surroundings)) {
      supervisor
          .run(source, count, (line, bundle) -> {})
          .ifPresent(problem -> {
            throw problem;
          });
    }
  }
}
