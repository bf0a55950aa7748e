package io.edgewright.device.results;

import io.edgewright.device.bundle.ResultPolicy;
import io.edgewright.device.disk.Disk;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import io.edgewright.device.results.Entry.Kind;
import io.edgewright.device.results.ResultLog.Draft;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps results for the service as a bundle's policy says.
 *
 * <p>Results must never stop the model: a disk that is full or broken is told once, and tried again
 * later. What was taken is on the medium ten seconds later at the latest.
 */
public final class Recorder implements AutoCloseable {
  private static final Duration FLUSH = Duration.ofSeconds(10);
  private static final int MOST_UNFLUSHED = 64 << 10;
  private static final int MOST_SAMPLE = 60 << 10;

  /** What a result belongs to. */
  public record Origin(String model, String bundle, ResultPolicy policy) {}

  private final Disk disk;
  private final Path folder;
  private final RandomGenerator random;
  private final Consumer<String> say;

  private final Map<String, Counters> products = new TreeMap<>();
  private long dropped;
  private Origin origin = new Origin("", "", ResultPolicy.EVERYTHING);
  private Sampler sampler;
  private @Nullable ResultLog log;
  private Instant flushed = Instant.EPOCH;
  private Instant failed = Instant.EPOCH;

  public Recorder(Disk disk, Path folder, RandomGenerator random, Consumer<String> say) {
    this.disk = disk;
    this.folder = folder;
    this.random = random;
    this.say = say;
    this.sampler = new Sampler(origin.policy(), random);
  }

  /** Takes the result line of one frame. */
  public synchronized void take(Origin from, String line, Instant now) {
    if (!from.equals(origin)) {
      origin = from;
      sampler = new Sampler(from.policy(), random);
    }
    try {
      if (log == null && Duration.between(failed, now).abs().compareTo(FLUSH) < 0) {
        return;
      }
      ResultLog open = open(now);
      record(open, Finding.of(line, from.policy()), now);
      boolean isDue = !now.isBefore(flushed.plus(FLUSH)) || now.isBefore(flushed);
      if (isDue || open.unflushedBytes() >= MOST_UNFLUSHED) {
        flush(open, now);
      }
    } catch (DeviceException exception) {
      giveUp(exception, now);
    } catch (JsonException exception) {
      say.accept("a result could not be kept: " + exception.getMessage());
    }
  }

  private ResultLog open(Instant now) {
    ResultLog current = log;
    if (current == null) {
      List<Entry> counted = ResultLog.recover(disk, folder);
      if (products.isEmpty()) {
        counted.forEach(entry -> restore(JsonText.parse(entry.json(), "log")));
      }
      current = begin(now);
      flushed = now;
    }
    return current;
  }

  private void restore(JsonValue record) {
    counters(record.require("model").text()).restore(record);
    dropped = record.require("counters").require("dropped").integer(0, Long.MAX_VALUE);
  }

  private Counters counters(String model) {
    return products.computeIfAbsent(model, name -> new Counters());
  }

  private ResultLog begin(Instant now) {
    List<Draft> heads = products.keySet().stream().map(this::draft).toList();
    ResultLog begun =
        ResultLog.begin(disk, folder, origin.policy().keepBytes(), now.toEpochMilli(), heads);
    log = begun;
    return begun;
  }

  private Draft draft(String model) {
    return new Draft(Kind.COUNTERS, sequence -> counters(model).json(sequence, model, dropped));
  }

  private void record(ResultLog open, Finding finding, Instant now) {
    Counters counters = counters(origin.model());
    counters.count(origin.bundle(), now.toString(), finding.labels());
    if (!sampler.wants(finding)) {
      return;
    }
    if (finding.outputs().length() > MOST_SAMPLE) {
      dropped++;
      return;
    }
    counters.countSample();
    open.append(new Draft(Kind.SAMPLE, sequence -> sample(sequence, finding, now)));
  }

  private byte[] sample(long sequence, Finding finding, Instant now) {
    String json =
        "{\"sequence\":%d,\"kind\":\"sample\",\"at\":\"%s\",\"model\":%s,\"bundle\":\"%s\",\"outputs\":%s}"
            .formatted(
                sequence, now, JsonText.print(origin.model()), origin.bundle(), finding.outputs());
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private void flush(ResultLog open, Instant now) {
    if (products.containsKey(origin.model())) {
      open.append(draft(origin.model()));
    }
    open.flush();
    flushed = now;
    if (open.isFull()) {
      open.close();
      dropped += begin(now).drop();
    }
  }

  private void giveUp(DeviceException exception, Instant now) {
    if (log != null || failed.equals(Instant.EPOCH)) {
      say.accept("results are not kept for now: " + exception.problem().sentence());
    }
    abandon();
    failed = now;
  }

  private void abandon() {
    ResultLog current = log;
    log = null;
    if (current != null) {
      current.close();
    }
  }

  /** Everything that was taken is on the medium afterwards. */
  @Override
  public synchronized void close() {
    ResultLog current = log;
    if (current == null) {
      return;
    }
    try {
      flush(current, flushed);
    } catch (DeviceException exception) {
      say.accept(exception.problem().sentence());
    }
    abandon();
  }
}
