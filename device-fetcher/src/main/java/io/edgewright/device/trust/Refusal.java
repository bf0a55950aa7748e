package io.edgewright.device.trust;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;

/** The complaints about signed metadata that several rules share. */
final class Refusal {
  static final String KEEPS =
      "nothing was changed on this device; if this lasts, tell whoever runs the service";

  private Refusal() {}

  static DeviceException rollback(String role, String seen, String allowed) {
    return new DeviceException(
        DeviceErrorCode.METADATA_ROLLBACK, "metadata `" + role + "`", seen, allowed, KEEPS);
  }

  static DeviceException mismatch(String role, String seen, String allowed) {
    return new DeviceException(
        DeviceErrorCode.METADATA_MISMATCH, "metadata `" + role + "`", seen, allowed, KEEPS);
  }

  static DeviceException untrusted(String path, String seen, String allowed) {
    return new DeviceException(
        DeviceErrorCode.TARGET_UNTRUSTED, "bundle `" + path + "`", seen, allowed, KEEPS);
  }
}
