package io.edgewright.device.results;

import io.edgewright.device.disk.Disk;
import io.edgewright.device.results.Entry.Kind;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The writer's end of the log: records that wait to be sent, on the device's disk.
 *
 * <p>Entries are appended to the newest file. {@link #flush} waits until they are on the medium and
 * then appends a mark, so that whoever reads the file knows what is safe to send: a record that was
 * sent and then lost to a power cut would leave its number to another record, which the service
 * would take for the same.
 */
final class ResultLog implements AutoCloseable {
  private static final int SEGMENT_BYTES = 256 << 10;
  private static final int SMALLEST_SEGMENT = 16 << 10;
  private static final byte[] NO_JSON = new byte[0];

  /** A record whose number is not known yet. */
  record Draft(Kind kind, LongFunction<byte[]> json) {}

  private final LogFolder files;
  private final long keepBytes;
  private final Disk.Output output;
  private long next;
  private long segmentBytes;
  private long unflushedBytes;

  private ResultLog(LogFolder files, long keepBytes, long next) {
    this.files = files;
    this.keepBytes = keepBytes;
    this.next = next;
    this.output = files.disk().create(files.file(LogFolder.nameOf(next)), Disk.Access.SHARED);
  }

  /**
   * Makes safe what the last writer left behind, and gives the counters that it wrote, oldest
   * first.
   */
  static List<Entry> recover(Disk disk, Path folder) {
    disk.makeFolder(folder);
    LogFolder files = new LogFolder(disk, folder);
    List<String> names = files.names();
    if (!names.isEmpty()) {
      cutTornEnd(files, names.get(names.size() - 1));
    }
    Deque<Entry> counters = new ArrayDeque<>();
    for (int index = names.size() - 1; index >= 0; index--) {
      List<Entry> entries = files.read(names.get(index)).entries();
      for (int at = entries.size() - 1; at >= 0; at--) {
        if (entries.get(at).kind() == Kind.COUNTERS) {
          counters.addFirst(entries.get(at));
        }
      }
      if (entries.stream().anyMatch(entry -> entry.kind() == Kind.MARK)) {
        break; // every file begins with all counters, up to its first mark
      }
    }
    return List.copyOf(counters);
  }

  /** Readers take all that is whole of a file that is not the newest: it must be safe by then. */
  private static void cutTornEnd(LogFolder files, String newest) {
    int whole = files.read(newest).wholeBytes();
    try (Disk.Output last = files.disk().append(files.file(newest), whole)) {
      last.sync();
    }
  }

  /**
   * Begins a new file.
   *
   * @param leastNumber numbers never begin below: the clock's milliseconds, so that a log that was
   *     damaged or deleted does not give out its numbers again
   * @param heads the counters of every product: whoever deletes the files before loses none
   */
  static ResultLog begin(
      Disk disk, Path folder, long keepBytes, long leastNumber, List<Draft> heads) {
    LogFolder files = new LogFolder(disk, folder);
    List<String> names = files.names();
    long last = Acknowledged.read(disk, folder).sequence();
    if (!names.isEmpty()) {
      String newest = names.get(names.size() - 1);
      last = Math.max(last, LogFolder.firstOf(newest));
      for (Entry entry : files.read(newest).entries()) {
        last = Math.max(last, entry.sequence());
      }
    }
    ResultLog log = new ResultLog(files, keepBytes, Math.max(last + 1, leastNumber));
    heads.forEach(log::append);
    log.flush();
    disk.syncFolder(folder);
    return log;
  }

  void append(Draft draft) {
    write(new Entry(draft.kind(), next, draft.json().apply(next)));
  }

  private void write(Entry entry) {
    byte[] bytes = Segment.bytes(entry);
    next++;
    output.write(bytes, 0, bytes.length);
    segmentBytes += bytes.length;
    unflushedBytes += bytes.length;
  }

  /** On return everything that was appended is on the medium. */
  void flush() {
    output.sync();
    write(new Entry(Kind.MARK, next, NO_JSON));
    unflushedBytes = 0;
  }

  long unflushedBytes() {
    return unflushedBytes;
  }

  boolean isFull() {
    return segmentBytes >= Math.max(SMALLEST_SEGMENT, Math.min(SEGMENT_BYTES, keepBytes / 4));
  }

  /**
   * Deletes the oldest files beyond the bound, never the newest.
   *
   * @return how many samples went unsent
   */
  long drop() {
    List<String> names = files.names();
    long total = names.stream().mapToLong(files::bytes).sum();
    long sent = Acknowledged.read(files.disk(), files.folder()).sequence();
    long dropped = 0;
    for (String name : names.subList(0, Math.max(0, names.size() - 1))) {
      if (total <= keepBytes) {
        break;
      }
      total -= files.bytes(name);
      dropped +=
          files.read(name).entries().stream()
              .filter(entry -> entry.kind() == Kind.SAMPLE && entry.sequence() > sent)
              .count();
      files.delete(name);
    }
    return dropped;
  }

  @Override
  public void close() {
    output.close();
  }
}
