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

  /** What every ARMv7 program may use, and a 64-bit kernel does not list: its own do not use it. */
  private static final Set<String> OF_32_BITS =
      Set.of(
          "half",
          "thumb",
          "fastmult",
          "vfp",
          "edsp",
          "tls",
          "neon",
          "vfpv3",
          "vfpv4",
          "vfpd32",
          "idiva",
          "idivt");

  /**
   * Reads what all cores agree on in the lines {@code flags} (x86), {@code Features} (ARM) or
   * {@code isa} (RISC-V).
   */
  public static ProcessorFeatures read(String cpuinfo) {
    Set<String> common = new TreeSet<>();
    boolean first = true;
    for (String line : cpuinfo.split("\n", -1)) {
      int colon = line.indexOf(':');
      String field = colon < 0 ? "" : line.substring(0, colon).strip();
      if (field.equals("flags") || field.equals("Features") || field.equals("isa")) {
        String value = line.substring(colon + 1).strip();
        List<String> names =
            field.equals("isa") ? extensions(value) : List.of(value.split("\\s+", -1));
        if (first) {
          common.addAll(names);
        } else {
          common.retainAll(names);
        }
        first = false;
      }
    }
    if (common.contains("asimd")) {
      common.addAll(OF_32_BITS);
    }
    return new ProcessorFeatures(common);
  }

  /** Of {@code rv64imafdcv_zba_zbb} the letters and the words. */
  private static List<String> extensions(String isa) {
    List<String> extensions = new ArrayList<>(List.of(isa.split("_", -1)));
    String letters = extensions.remove(0).replaceFirst("^rv\\d+", "");
    extensions.addAll(List.of(letters.split("", -1)));
    return extensions;
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
