package io.edgewright.device.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says that something is refused, and with which code. */
public final class Refusals {
  private Refusals() {}

  public static void assertRefused(DeviceErrorCode code, ThrowingCallable step) {
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(step)
        .satisfies(exception -> assertThat(exception.code()).isEqualTo(code));
  }
}
