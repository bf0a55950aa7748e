package io.edgewright.compiler.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.testing.SharedTestdata;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TargetTableTest {
  /// The rows of the table in `docs/targets.md` are made from the descriptions; a new device comes
  /// with its row, which the failure shows.
  @Test
  void theDocumentationListsEveryDeviceWithItsFigures() throws IOException {
    List<String> rows;
    try (Stream<String> lines = Files.lines(SharedTestdata.project().resolve("docs/targets.md"))) {
      rows = lines.filter(line -> line.startsWith("| `")).toList();
    }
    assertThat(rows)
        .containsExactlyElementsOf(
            TargetCatalog.standard().devices().stream().map(TargetTableTest::row).toList());
  }

  private static String row(Target target) {
    return "| `%s` | %s | %s | %s, %d-bit | %s | %d x %s | %s | %s | $%d to %d | %s |"
        .formatted(
            target.id(),
            target.title(),
            target.architecture(),
            target.cpu(),
            target.vectorBits(),
            bytes(target.l1DataBytes()) + ", " + bytes(target.l2Bytes()),
            target.cores(),
            megahertz(target.clockMegahertz()),
            bytes(target.memoryBytes()),
            number(target.watts()),
            target.priceBand().fromDollars(),
            target.priceBand().toDollars(),
            target.tier().name().toLowerCase(Locale.ROOT));
  }

  private static String megahertz(int clock) {
    return clock < 1000 ? clock + " MHz" : number(clock / 1000.0) + " GHz";
  }

  private static String bytes(long bytes) {
    if (bytes == 0) {
      return "none";
    }
    int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    return number(bytes / (double) (1L << (10 * power)))
        + " "
        + List.of("B", "KiB", "MiB", "GiB").get(power);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
