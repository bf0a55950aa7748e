package io.edgewright.device.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.device.results.Entry.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentTest {
  private static final List<Entry> ENTRIES =
      List.of(
          entry(Kind.COUNTERS, 5, "{\"frames\":1}"),
          entry(Kind.SAMPLE, 6, "{\"outputs\":{}}"),
          entry(Kind.MARK, 7, ""),
          entry(Kind.SAMPLE, 9, "{\"later\":true}"));

  private static Entry entry(Kind kind, long sequence, String json) {
    return new Entry(kind, sequence, json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] file() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ENTRIES.forEach(entry -> file.writeBytes(Segment.bytes(entry)));
    return file.toByteArray();
  }

  private static List<String> shown(List<Entry> entries) {
    return entries.stream()
        .map(entry ->
            entry.kind()
                + " "
                + entry.sequence()
                + " "
                + new String(entry.json(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void readsWhatWasWritten() {
    Segment segment = Segment.read(file());

    assertThat(shown(segment.entries())).isEqualTo(shown(ENTRIES));
    assertThat(segment.wholeBytes()).isEqualTo(file().length);
    assertThat(shown(segment.marked())).isEqualTo(shown(ENTRIES.subList(0, 3)));
  }

  @Test
  void keepsTheWholeEntriesOfAFileThatIsTornAtAnyByte() {
    byte[] file = file();
    List<Integer> ends = new ArrayList<>(List.of(0));
    ENTRIES.forEach(entry -> ends.add(ends.get(ends.size() - 1) + Segment.bytes(entry).length));
    for (int length = 0; length <= file.length; length++) {
      Segment torn = Segment.read(Arrays.copyOf(file, length));
      int end = length;
      int whole = (int) ends.stream().filter(at -> at <= end).count() - 1;

      assertThat(shown(torn.entries())).isEqualTo(shown(ENTRIES.subList(0, whole)));
      assertThat(torn.wholeBytes()).isEqualTo(ends.get(whole));
    }
  }

  @Test
  void neverTakesAnAlteredEntryForAGoodOne() {
    Random random = new Random(7);
    List<String> good = shown(ENTRIES);
    for (int round = 0; round < 20_000; round++) {
      byte[] file = file();
      file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));

      List<String> read = shown(Segment.read(file).entries());

      assertThat(read.size()).isLessThan(good.size());
      assertThat(good.subList(0, read.size())).isEqualTo(read);
    }
  }
}
