package io.edgewright.device.json;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;

/** A document is not JSON, or not of the expected shape. Its reader knows which code that is. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String where;
  private final String seen;
  private final String allowed;

  public JsonException(String where, String seen, String allowed) {
    super(where + ": " + seen + "; allowed: " + allowed);
    this.where = where;
    this.seen = seen;
    this.allowed = allowed;
  }

  public DeviceException as(DeviceErrorCode code, String hint) {
    return new DeviceException(code, where, seen, allowed, hint);
  }
}
