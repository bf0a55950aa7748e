package io.edgewright.device.update;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.testing.FakeService;
import io.edgewright.device.testing.TestDevice;
import io.edgewright.device.testing.ToyBundle;
import io.edgewright.device.trust.Rollout;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that only some devices of the group run for now. */
class CandidateTest {
  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private final byte[] candidate = ToyBundle.named("new").zip();
  private TestDevice device;

  @BeforeEach
  void enrol() {
    device = new TestDevice(folder.resolve("home")).enrolledWith(service);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void offer(Map<String, Object> rollout) {
    service.publisher.deployCandidate(TestDevice.TARGET, candidate, rollout);
    service.publisher.publish();
    service.bundle = Optional.of(candidate);
  }

  /** A deployment whose canaries at 50 % do or do not include the device. */
  private String deployment(boolean withDevice) {
    String id = device.store.enrolment().orElseThrow().deviceId();
    return IntStream.range(1, 100)
        .mapToObj(number -> "lobby/" + number)
        .filter(name -> new Rollout(name, 50).includes(id) == withDevice)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void runsTheCandidateWhenItIsACanary() {
    offer(Map.of("deployment", deployment(true), "percent", 50L));

    assertThat(device.sync().kind()).isEqualTo(SyncResult.Kind.ACTIVATED);
  }

  @Test
  void takesNoCandidateThatIsForOthers() {
    offer(Map.of("deployment", deployment(false), "percent", 50L));

    assertRefused(DeviceErrorCode.TARGET_UNTRUSTED, device::sync);
    assertThat(service.objectRequests()).isZero();
  }

  @Test
  void refusesACandidateForMoreThanAll() {
    offer(Map.of("deployment", "lobby/1", "percent", 101L));

    assertRefused(DeviceErrorCode.METADATA_MALFORMED, device::sync);
  }
}
