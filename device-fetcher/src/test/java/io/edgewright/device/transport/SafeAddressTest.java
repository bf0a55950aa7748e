package io.edgewright.device.transport;

import static io.edgewright.device.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.errors.DeviceErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://edge.example",
        "https://edge.example:8443/base",
        "http://127.0.0.1:8080",
        "http://127.1.2.3",
        "http://localhost:8080",
        "http://[::1]:8080"
      })
  void takesHttpsAndThisMachine(String address) {
    assertThat(SafeAddress.of(address, "test")).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://edge.example",
        "http://10.0.0.1:8080",
        "http://127.0.0.1.attacker.example",
        "http://127.0.0.1@attacker.example",
        "http://localhost.attacker.example",
        "https://user:word@edge.example",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "edge.example",
        "http://127.0.0.256",
        "not an address",
        ""
      })
  void refusesEverythingElse(String address) {
    assertRefused(DeviceErrorCode.INSECURE_ADDRESS, () -> SafeAddress.of(address, "test"));
  }
}
