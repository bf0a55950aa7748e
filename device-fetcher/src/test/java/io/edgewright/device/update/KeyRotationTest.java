package io.edgewright.device.update;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.identity.DeviceKey;
import io.edgewright.device.testing.FakeService;
import io.edgewright.device.testing.TestDevice;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private TestDevice device;

  @BeforeEach
  void enrol() {
    device = new TestDevice(folder).enrolledWith(service);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private String key() {
    return device.store.key().orElseThrow().thumbprint();
  }

  @Test
  void signsWithTheNewKeyFromThenOn() {
    String old = key();

    assertThat(device.rotate()).isEqualTo(key()).isNotEqualTo(old);
    assertThat(device.store.nextKey()).isEmpty();
    assertThat(device.store.enrolment().orElseThrow().deviceId()).isEqualTo(old);
    assertThat(device.sync().kind()).isEqualTo(SyncResult.Kind.NOTHING_DEPLOYED);
  }

  @Test
  void keepsTheOldKeyWhenTheServiceDoesNotAnswer() {
    String old = key();
    service.faults.addAll(Collections.nCopies(4, 503));

    assertRefused(DeviceErrorCode.SERVICE_UNREACHABLE, device::rotate);
    assertThat(key()).isEqualTo(old);
    device.sync();
    assertThat(device.rotate()).isEqualTo(key()).isNotEqualTo(old);
  }

  @Test
  void findsOutThatOnlyTheAnswerWasLost() {
    service.rotationAnswersToLose.set(5);

    assertRefused(DeviceErrorCode.SERVICE_UNREACHABLE, device::rotate);
    DeviceKey next = device.store.nextKey().orElseThrow();
    assertThat(device.rotate()).isEqualTo(next.thumbprint());
    device.sync();
  }

  @Test
  void takesAnotherKeyNextTimeWhenThisOneCannotBeUsed() {
    String old = key();
    service.faults.add(409);

    assertRefused(DeviceErrorCode.REQUEST_REFUSED, device::rotate);
    assertThat(device.store.nextKey()).isEmpty();
    assertThat(key()).isEqualTo(old);
  }

  @Test
  void isRefusedWhenTheDeviceWasRemoved() {
    service.forgetDevices();

    assertRefused(DeviceErrorCode.DEVICE_REFUSED, device::rotate);
  }
}
