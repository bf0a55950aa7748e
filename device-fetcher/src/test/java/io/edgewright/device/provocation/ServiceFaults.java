package io.edgewright.device.provocation;

import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.identity.DeviceKey;
import io.edgewright.device.testing.FakeService;
import io.edgewright.device.testing.TestDevice;
import io.edgewright.device.testing.ToyBundle;
import io.edgewright.device.transport.SafeAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** A service, or a network, that does not do what it should. */
public final class ServiceFaults {
  private static final String COMPUTES_WRONG = "#!/bin/sh\necho '{\"ok\":false}'\nexit 1\n";
  private static final String HANGS = "#!/bin/sh\nexec sleep 60\n";

  private final Path folder;

  public ServiceFaults(Path folder) {
    this.folder = folder;
  }

  public void answerInTheClear() {
    SafeAddress.of("http://edge.example", "`--service`");
  }

  public void enrolTwice() {
    enrolled((service, device) -> device.enrol(service.address(), "another"));
  }

  public void refuseTheClaim() {
    enrolled((service, device) ->
        new TestDevice(folder.resolve("other")).enrol(service.address(), "wrong"));
  }

  public void replaceTheKey() {
    enrolled((service, device) -> {
      device.store.saveKey(DeviceKey.generate());
      device.sync();
    });
  }

  public void goAway() {
    enrolled((service, device) -> {
      service.close();
      device.sync();
    });
  }

  public void answerElsewhere() {
    enrolled((service, device) -> {
      service.faults.add(404);
      device.sync();
    });
  }

  public void answerNonsense() {
    enrolled((service, device) -> {
      service.faults.add(200);
      device.sync();
    });
  }

  public void loseTheBundle() {
    deployed(ToyBundle.MODEL, (service, device) -> service.objectFaults.add(404));
  }

  public void redirectTheDownload() {
    deployed(ToyBundle.MODEL, (service, device) -> service.objectFaults.add(302));
  }

  public void failTheDownload() {
    List<Integer> faults = List.of(500, 500, 500, 500, 500);
    deployed(ToyBundle.MODEL, (service, device) -> service.objectFaults.addAll(faults));
  }

  public void refuseEveryAddress() {
    List<Integer> faults = List.of(403, 403, 403, 403, 403);
    deployed(ToyBundle.MODEL, (service, device) -> service.objectFaults.addAll(faults));
  }

  public void cutTheDownloadForEver() {
    enrolled((service, device) -> {
      service.deploy(
          TestDevice.TARGET, ToyBundle.named("toy").weighing(300_000, 1).zip(), List.of());
      service.forgetsRanges = true;
      service.objectCutAfter = 200_000;
      device.sync();
    });
  }

  public void allowNoBytes() {
    deployed(ToyBundle.MODEL, (service, device) -> device.bytesPerDay = 1000);
  }

  public void deployAModelThatComputesWrong() {
    deployed(COMPUTES_WRONG, (service, device) -> {});
  }

  public void deployAModelThatHangs() {
    deployed(HANGS, (service, device) -> device.selfTestTimeout = Duration.ofMillis(100));
  }

  public void deployTheSameBrokenModelAgain() {
    deployed(
        COMPUTES_WRONG,
        (service, device) -> {
          try {
            device.sync();
          } catch (DeviceException expected) {
            // the first time it is fetched, tested and refused
          }
        });
  }

  private void deployed(String model, BiConsumer<FakeService, TestDevice> fault) {
    enrolled((service, device) -> {
      service.deploy(TestDevice.TARGET, ToyBundle.running(model).zip(), List.of());
      fault.accept(service, device);
      device.sync();
    });
  }

  private void enrolled(BiConsumer<FakeService, TestDevice> fault) {
    try (FakeService service = new FakeService()) {
      fault.accept(service, new TestDevice(folder.resolve("home")).enrolledWith(service));
    }
  }
}
