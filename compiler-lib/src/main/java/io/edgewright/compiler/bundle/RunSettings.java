package io.edgewright.compiler.bundle;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// How the device is to run the program: member `run` of the manifest in its canonical form.
///
/// @param fields sorted by name
public record RunSettings(Map<String, Object> fields) {
  public RunSettings {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
  }
}
