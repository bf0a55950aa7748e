package io.edgewright.device.results;

import io.edgewright.device.bundle.ResultPolicy;
import io.edgewright.device.disk.Disk;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.transport.ServiceClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The reader's end of the log: sends what waits, oldest first, and deletes what the service has.
 *
 * <p>A record is given up only when the service has acknowledged its number, and the service keeps
 * each number once; so wherever either end stops, nothing is lost and nothing is kept twice.
 */
public final class ResultUpload {
  private static final String PATH = "/v1/devices/self/results";

  private final Disk disk;
  private final LogFolder files;
  private final ServiceClient service;
  private final InstantSource clock;
  private final Consumer<String> say;

  public ResultUpload(
      Disk disk, Path folder, ServiceClient service, InstantSource clock, Consumer<String> say) {
    this.disk = disk;
    this.files = new LogFolder(disk, folder);
    this.service = service;
    this.clock = clock;
    this.say = say;
  }

  /**
   * Sends until nothing waits or the day's bytes are spent.
   *
   * @return how many records were sent
   */
  public int send(ResultPolicy policy) {
    int sent = 0;
    Acknowledged state = Acknowledged.read(disk, files.folder());
    for (Batch batch = next(state, policy); !batch.isEmpty(); batch = next(state, policy)) {
      byte[] body = batch.body();
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      if (state.bytesOn(today) + body.length > policy.bytesPerDay()) {
        say.accept("today's bytes for results are spent; the rest waits for tomorrow");
        break;
      }
      // Noted before, so that a device that dies while it sends, again and again, stays below.
      state = state.spending(body.length, today);
      state.save(disk, files.folder());
      post(body, batch.lastSent());
      state = state.upTo(batch.last());
      state.save(disk, files.folder());
      sent += batch.size();
      deleteUpTo(state.sequence());
    }
    return sent;
  }

  private Batch next(Acknowledged state, ResultPolicy policy) {
    Batch batch = new Batch(policy.batch());
    List<String> names = files.names();
    for (int index = 0; index < names.size(); index++) {
      boolean isNewest = index == names.size() - 1;
      Segment segment = files.read(names.get(index));
      for (Entry entry : isNewest ? segment.marked() : segment.entries()) {
        if (entry.sequence() > state.sequence() && !batch.add(entry)) {
          return batch;
        }
      }
    }
    return batch;
  }

  /** On return the service has these records, or will never take them. */
  private void post(byte[] body, long last) {
    try {
      ServiceClient.Reply reply = service.send("POST", PATH, Map.of(), body);
      JsonText.parse(reply.body(), "answer").require("acknowledged").integer(last, Long.MAX_VALUE);
    } catch (JsonException exception) {
      throw exception.as(
          DeviceErrorCode.ANSWER_MALFORMED,
          "check that this is the address of an Edgewright service, of a version that fits");
    } catch (DeviceException exception) {
      if (exception.code() != DeviceErrorCode.REQUEST_REFUSED) {
        throw exception;
      }
      // Asking again would change nothing, and these must not hold up those behind them.
      say.accept("results were refused and are given up: " + exception.problem().sentence());
    }
  }

  private void deleteUpTo(long acknowledged) {
    List<String> names = files.names();
    for (int index = 0; index < names.size() - 1; index++) {
      boolean isSent =
          LogFolder.firstOf(names.get(index + 1)) <= acknowledged + 1
              || files.read(names.get(index)).entries().stream()
                  .allMatch(entry -> entry.sequence() <= acknowledged);
      if (isSent) {
        files.delete(names.get(index));
      }
    }
  }
}
