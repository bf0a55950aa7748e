package io.edgewright.compiler.report;

import java.util.List;
import java.util.Locale;

/// Figures as people read them: three digits and a prefix, such as `1.85 ms`.
public final class Quantity {
  private static final List<String> PREFIXES = List.of("G", "M", "k", "", "m");

  private Quantity() {}

  /// @param name of the unit that `number` counts
  public static String of(double number, String name) {
    double size = 1e9;
    for (String prefix : PREFIXES) {
      if (number >= size || (number == 0 && prefix.isEmpty())) {
        return digits(number / size) + " " + prefix + name;
      }
      size /= 1000;
    }
    return digits(number * 1e6) + " \u00b5" + name;
  }

  /// In powers of ten.
  public static String bytes(long bytes) {
    return bytes < 1000 ? bytes + " B" : of((double) bytes, "B");
  }

  /// In powers of two, as memories are sold.
  static String binary(long bytes) {
    double size = 1 << 30;
    for (String unit : List.of("GiB", "MiB", "KiB")) {
      if (bytes >= size) {
        double number = bytes / size;
        return (number == Math.rint(number) ? Long.toString((long) number) : digits(number))
            + " "
            + unit;
      }
      size /= 1024;
    }
    return bytes + " B";
  }

  public static String micros(double micros) {
    return of(micros / 1e6, "s");
  }

  private static String digits(double number) {
    String format = number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, number);
  }
}
