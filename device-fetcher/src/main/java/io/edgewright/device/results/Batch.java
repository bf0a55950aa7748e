package io.edgewright.device.results;

import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records for one request. Of the counters of a product only the last in the batch are sent: they
 * are totals, and say all that those before them did.
 */
final class Batch {
  private static final int MOST_BYTES = 256 << 10;

  private final int mostSamples;
  private final List<Entry> samples = new ArrayList<>();
  private final Map<String, Entry> counters = new LinkedHashMap<>();
  private long last;
  private long lastSent;
  private long bytes;

  Batch(int mostSamples) {
    this.mostSamples = mostSamples;
  }

  /** False when it has no room: then nothing behind the entry may be added either. */
  boolean add(Entry entry) {
    switch (entry.kind()) {
      case SAMPLE -> {
        if (samples.size() == mostSamples
            || (bytes + entry.json().length > MOST_BYTES && !samples.isEmpty())) {
          return false;
        }
        samples.add(entry);
        bytes += entry.json().length;
      }
      case COUNTERS -> counters.put(model(entry), entry);
      case MARK -> {}
    }
    last = entry.sequence();
    lastSent = entry.kind() == Entry.Kind.MARK ? lastSent : last;
    return true;
  }

  private static String model(Entry entry) {
    try {
      return JsonText.parse(entry.json(), "log").require("model").text();
    } catch (JsonException exception) {
      return "";
    }
  }

  boolean isEmpty() {
    return samples.isEmpty() && counters.isEmpty();
  }

  /** The number up to which nothing is left to send once the service has taken this. */
  long last() {
    return last;
  }

  /** The largest number that the service is given, and has to acknowledge. */
  long lastSent() {
    return lastSent;
  }

  int size() {
    return samples.size() + counters.size();
  }

  byte[] body() {
    List<Entry> all = new ArrayList<>(samples);
    all.addAll(counters.values());
    all.sort((one, other) -> Long.compare(one.sequence(), other.sequence()));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"records\":[".getBytes(StandardCharsets.US_ASCII));
    for (int index = 0; index < all.size(); index++) {
      if (index > 0) {
        body.write(',');
      }
      body.writeBytes(all.get(index).json());
    }
    body.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }
}
