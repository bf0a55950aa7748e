package io.edgewright.functions.core.store;

import java.util.List;
import java.util.Optional;

/// Some devices, newest first, and where the next ones begin.
public record DevicePage(List<Device> devices, Optional<String> next) {
  public DevicePage {
    devices = List.copyOf(devices);
  }
}
