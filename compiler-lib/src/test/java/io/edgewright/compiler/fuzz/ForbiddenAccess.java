package io.edgewright.compiler.fuzz;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

/// Watches for files and sockets that the compiler touches. Its own classes and resources are no
/// secret; everything else is.
final class ForbiddenAccess implements AutoCloseable {
  private static final List<String> EVENTS =
      List.of("jdk.FileRead", "jdk.FileWrite", "jdk.SocketRead", "jdk.SocketWrite");

  private static final String STANDARD_STREAM = "N/A";

  private final List<Path> allowed =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(entry -> Path.of(entry).toAbsolutePath().normalize())
          .toList();
  private final AtomicReference<Optional<String>> seen = new AtomicReference<>(Optional.empty());
  private final RecordingStream events = new RecordingStream();

  static ForbiddenAccess watch() {
    ForbiddenAccess access = new ForbiddenAccess();
    for (String event : EVENTS) {
      access.events.enable(event).withThreshold(Duration.ZERO).withStackTrace();
      access.events.onEvent(event, access::judge);
    }
    access.events.startAsync();
    return access;
  }

  private void judge(RecordedEvent event) {
    boolean ours =
        event.getStackTrace() != null
            && event.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .anyMatch(type ->
                    type.startsWith("io.edgewright.compiler.")
                        && !type.startsWith("io.edgewright.compiler.fuzz."));
    if (ours && !isAllowed(event)) {
      seen.set(Optional.of(event.toString()));
    }
  }

  private boolean isAllowed(RecordedEvent event) {
    if (!event.hasField("path")) {
      return false;
    }
    if (event.getString("path") == null || event.getString("path").equals(STANDARD_STREAM)) {
      return true; // the fuzzer tells of classes that our code makes it look at
    }
    Path path = Path.of(event.getString("path")).toAbsolutePath().normalize();
    return allowed.stream().anyMatch(path::startsWith);
  }

  /// What was touched since the start, if anything.
  Optional<String> seen() {
    return seen.get();
  }

  @Override
  public void close() {
    events.close();
  }
}
