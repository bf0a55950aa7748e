package io.edgewright.device.bundle;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What this processor can do, in the words of {@code /proc/cpuinfo}. */
public record ProcessorFeatures(Set<String> names) {
  public ProcessorFeatures {
    names = Set.copyOf(names);
  }

  /** Reads the {@code flags} (x86) or {@code Features} (ARM) line that all cores agree on. */
  public static ProcessorFeatures read(String cpuinfo) {
    Set<String> common = new TreeSet<>();
    boolean first = true;
    for (String line : cpuinfo.split("\n", -1)) {
      int colon = line.indexOf(':');
      String field = colon < 0 ? "" : line.substring(0, colon).strip();
      if (field.equals("flags") || field.equals("Features")) {
        List<String> names = List.of(line.substring(colon + 1).strip().split("\\s+", -1));
        if (first) {
          common.addAll(names);
        } else {
          common.retainAll(names);
        }
        first = false;
      }
    }
    return new ProcessorFeatures(common);
  }

  /** Refuses a bundle for another processor, by the name of what is missing. */
  public void check(Collection<String> needed, String where) {
    List<String> missing = new ArrayList<>(needed);
    missing.removeAll(names);
    if (!missing.isEmpty()) {
      throw new DeviceException(
          DeviceErrorCode.FEATURE_MISSING,
          where,
          "needs " + String.join(", ", missing) + ", which this processor does not have",
          "features that /proc/cpuinfo lists",
          "compile for a target that this device is, and enrol the device under that target");
    }
  }
}
