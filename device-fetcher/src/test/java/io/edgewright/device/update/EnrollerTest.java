package io.edgewright.device.update;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.testing.FakeService;
import io.edgewright.device.testing.TestDevice;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrollerTest {
  @TempDir Path folder;
  private final FakeService service = new FakeService();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void becomesADeviceOfTheClaimsGroup() {
    service.claims.put("good", "");
    TestDevice device = device("a");

    Enrolment enrolment = device.enrol(service.address(), "good");

    assertThat(enrolment.group()).isEqualTo("lobby");
    assertThat(device.store.key().orElseThrow().thumbprint()).isEqualTo(enrolment.deviceId());
    assertThat(device.store.enrolment()).contains(enrolment);
    assertThat(device.store.metadata("root")).isPresent();
  }

  @Test
  void isRefusedWithAWrongClaim() {
    assertRefused(
        DeviceErrorCode.CLAIM_REFUSED, () -> device("a").enrol(service.address(), "wrong"));
    assertThat(device("a").store.enrolment()).isEmpty();
  }

  @Test
  void isRefusedWithAClaimThatAnotherDeviceHasUsed() {
    service.claims.put("good", "");
    device("a").enrol(service.address(), "good");

    assertRefused(
        DeviceErrorCode.CLAIM_REFUSED, () -> device("b").enrol(service.address(), "good"));
  }

  @Test
  void mayAskAgainWhenTheAnswerGotLost() {
    service.claims.put("good", "");
    service.faults.addAll(List.of(503, 503, 503, 503));
    TestDevice device = device("a");
    assertRefused(
        DeviceErrorCode.SERVICE_UNREACHABLE, () -> device.enrol(service.address(), "good"));
    String key = device.store.key().orElseThrow().thumbprint();

    Enrolment enrolment = device.enrol(service.address(), "good");

    assertThat(enrolment.deviceId()).isEqualTo(key);
  }

  @Test
  void enrolsOnlyOnce() {
    TestDevice device = device("a").enrolledWith(service);

    assertRefused(
        DeviceErrorCode.ALREADY_ENROLLED, () -> device.enrol(service.address(), "another"));
  }

  @Test
  void refusesARootThatIsNotSignedByItself() {
    service.claims.put("good", "");
    service.publisher.role("root").keys = List.of();
    service.publisher.roots.add(service.publisher.root());
    TestDevice device = device("a");

    assertRefused(DeviceErrorCode.METADATA_UNSIGNED, () -> device.enrol(service.address(), "good"));
    assertThat(device.store.enrolment()).isEmpty();
  }

  @Test
  void saysWhenNobodyAnswers() {
    service.close();

    assertRefused(
        DeviceErrorCode.SERVICE_UNREACHABLE, () -> device("a").enrol(service.address(), "good"));
  }

  @Test
  void saysWhenSomebodyElseAnswers() {
    assertRefused(
        DeviceErrorCode.REQUEST_REFUSED,
        () -> device("a").enrol(URI.create(service.address() + "/elsewhere"), "good"));
  }

  private TestDevice device(String name) {
    return new TestDevice(folder.resolve(name));
  }
}
