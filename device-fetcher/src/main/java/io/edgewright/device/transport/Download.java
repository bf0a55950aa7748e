package io.edgewright.device.transport;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.disk.SmallFile;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gathers one file in ranges, and goes on where it stopped after a cut, a restart or a new address.
 *
 * <p>What each status means is fixed: 403 asks for a new address, 404 ends it, 412 starts over, 5xx
 * waits. Every loop is bounded in tries that bring nothing, and the whole in bytes: twice the size
 * of the file, restarts included, because on a mobile link bytes are what costs.
 */
public final class Download {
  private static final int USEFUL_BYTES = 64 << 10;
  private static final int MOST_ADDRESSES = 3;
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

  /** What is known of the file at its address. */
  private record Progress(String etag, long bytes, long received) {}

  /**
   * What is to be fetched.
   *
   * @param file where it is gathered
   * @param length the signed length
   * @param newAddress asks the service for another address of the same file
   */
  public record Wanted(Path file, long length, URI address, Supplier<URI> newAddress) {}

  private final Connection connection;
  private final Disk disk;
  private final DayBudget budget;
  private final Path file;
  private final Path notes;
  private final long length;
  private final Supplier<URI> newAddress;

  private Progress progress;
  private URI address;
  private int failures;
  private int refusals;
  private String last = "";

  public Download(Connection connection, Disk disk, DayBudget budget, Wanted wanted) {
    this.connection = connection;
    this.disk = disk;
    this.budget = budget;
    this.file = wanted.file();
    this.notes = file.resolveSibling(file.getFileName() + ".json");
    this.length = wanted.length();
    this.newAddress = wanted.newAddress();
    this.address = wanted.address();
    this.progress = resume();
  }

  /** What is still missing. */
  public long missingBytes() {
    return length - progress.bytes();
  }

  /** Fetches until the file has its length. Whether it is the right file is not judged here. */
  public void finish() {
    try {
      while (progress.bytes() < length) {
        expectPatience();
        if (failures > 0) {
          connection.pause().sleep(connection.patience().delay(failures, connection.random()));
        }
        fetchRange();
      }
    } finally {
      budget.save();
    }
  }

  private void expectPatience() {
    if (progress.received() >= 2 * length) {
      throw new DeviceException(
          DeviceErrorCode.BYTES_EXHAUSTED,
          where(),
          progress.received() + " bytes received for a file of " + length,
          "at most twice its size",
          "the network or a proxy breaks downloads again and again; look at what it does");
    }
    if (failures >= connection.patience().attempts()) {
      throw new DeviceException(
          DeviceErrorCode.DOWNLOAD_INTERRUPTED,
          where(),
          last + ", after " + progress.bytes() + " of " + length + " bytes",
          "progress within " + failures + " tries",
          "the next poll goes on from there");
    }
  }

  private void fetchRange() {
    long first = progress.bytes();
    long count = Math.min(connection.patience().rangeBytes(), length - first);
    reserve(count);
    long end = first + count - 1;
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Range", "bytes=" + first + "-" + end);
    if (!progress.etag().isEmpty()) {
      headers.put("If-Match", progress.etag());
    }
    try (Fetcher.Answer answer = connection.fetcher().send(Fetcher.Request.get(address, headers))) {
      int status = answer.status();
      switch (status) {
        case 206 -> takeRange(answer, first, end);
        case 200 -> takeAll(answer);
        case 401, 403 -> replaceAddress(status);
        case 412 -> startOver();
        case 404, 410 -> throw gone(status);
        default -> {
          if (status != 408 && status != 429 && status < 500) {
            throw contradictory("status " + status, "200, 206 or a status that says what to do");
          }
          failed("answered " + status);
        }
      }
    } catch (IOException exception) {
      failed(exception.getClass().getSimpleName() + " " + exception.getMessage());
    }
  }

  private void reserve(long count) {
    if (!budget.reserve(count)) {
      throw new DeviceException(
          DeviceErrorCode.DAY_BYTES_SPENT,
          where(),
          budget.words() + ", and the next " + count + " bytes would be too many",
          "at most " + budget.bytesPerDay() + " bytes of downloads a day (UTC)",
          "it goes on tomorrow from byte "
              + progress.bytes()
              + "; `sync --bytes-per-day` allows more");
    }
  }

  private void takeRange(Fetcher.Answer answer, long first, long end) {
    String header = answer.header("Content-Range").orElse("none");
    Matcher range = CONTENT_RANGE.matcher(header);
    boolean fits =
        range.matches()
            && range.group(1).equals(String.valueOf(first))
            && range.group(3).equals(String.valueOf(length))
            && isBetween(range.group(2), first, end);
    if (!fits) {
      throw contradictory(
          "content range `" + header + "`", "bytes " + first + "-" + end + "/" + length);
    }
    take(answer, first, Long.parseLong(range.group(2)) - first + 1);
  }

  /** A server that knows no ranges sends everything; then it is taken from the start. */
  private void takeAll(Fetcher.Answer answer) {
    String announced = answer.header("Content-Length").orElse(String.valueOf(length));
    if (!announced.equals(String.valueOf(length))) {
      throw contradictory("a file of " + announced + " bytes", length + " bytes, as signed");
    }
    reserve(length);
    take(answer, 0, length);
  }

  /** Writes what comes, and keeps it even when the line is cut. */
  private void take(Fetcher.Answer answer, long first, long count) {
    if (first < progress.bytes()) {
      note(new Progress("", first, progress.received())); // what was there is overwritten now
    }
    long[] taken = {0};
    String cut = "";
    try (Disk.Output output = disk.append(file, first)) {
      try {
        BoundedBody.copy(
            answer.body(),
            count,
            connection.patience().forRange(count),
            (block, bytes) -> {
              output.write(block, 0, bytes);
              taken[0] += bytes;
              budget.spent(bytes);
            });
        cut = taken[0] < count ? "the answer ended early" : "";
      } catch (IOException exception) {
        cut = exception.getClass().getSimpleName() + " " + exception.getMessage();
      }
      output.sync();
    }
    String etag = answer.header("ETag").filter(tag -> !tag.startsWith("W/")).orElse("");
    note(new Progress(etag, first + taken[0], progress.received() + taken[0]));
    if (taken[0] >= Math.min(count, USEFUL_BYTES)) {
      failures = 0;
      refusals = 0;
    }
    if (!cut.isEmpty()) {
      failed(cut);
    }
  }

  private void replaceAddress(int status) {
    refusals++;
    if (refusals > MOST_ADDRESSES) {
      throw new DeviceException(
          DeviceErrorCode.ADDRESS_REFUSED,
          where(),
          "status " + status + " from " + refusals + " addresses in a row",
          "an address that can be fetched until it expires",
          "compare the clocks of the service and of its object store");
    }
    address = newAddress.get();
  }

  /** The file at the address is not the one that the first part came from. */
  private void startOver() {
    failed("the file changed while it was fetched");
    note(new Progress("", 0, progress.received()));
    address = newAddress.get();
  }

  private void failed(String reason) {
    failures++;
    last = reason;
  }

  private void note(Progress next) {
    progress = next;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("etag", next.etag());
    fields.put("bytes", next.bytes());
    fields.put("received", next.received());
    SmallFile.replace(disk, notes, JsonText.bytes(fields), Disk.Access.SHARED);
  }

  /** Only bytes that were synced and noted count; what a power cut left after them does not. */
  private Progress resume() {
    long there = disk.open(file).map(Download::sizeAndClose).orElse(0L);
    try {
      return SmallFile.read(disk, notes, 4096)
          .map(json -> JsonText.parse(json, "download"))
          .map(noted ->
              new Progress(
                  noted.require("etag").text(),
                  noted.require("bytes").integer(0, Math.min(there, length)),
                  noted.require("received").integer(0, Long.MAX_VALUE)))
          .orElse(new Progress("", 0, 0));
    } catch (JsonException exception) {
      return new Progress("", 0, 0);
    }
  }

  private static long sizeAndClose(Disk.Input input) {
    try (input) {
      return input.size();
    }
  }

  private static boolean isBetween(String number, long least, long most) {
    return number.length() < 19
        && Long.parseLong(number) >= least
        && Long.parseLong(number) <= most;
  }

  private String where() {
    return "download of "
        + address.getScheme()
        + "://"
        + address.getAuthority()
        + address.getPath();
  }

  private DeviceException gone(int status) {
    return new DeviceException(
        DeviceErrorCode.BUNDLE_GONE,
        where(),
        "status " + status,
        "the bundle that the metadata names",
        "it was deleted while it is deployed; deploy again");
  }

  private DeviceException contradictory(String seen, String allowed) {
    return new DeviceException(
        DeviceErrorCode.DOWNLOAD_CONTRADICTORY,
        where(),
        seen,
        allowed,
        "a proxy or the object store answers for another file; nothing of it was used");
  }
}
