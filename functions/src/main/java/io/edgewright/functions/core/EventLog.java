package io.edgewright.functions.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Clock;

/// One line of JSON for everything that happens: a request, a transition, a fault. Whoever looks
/// for a compilation searches for its id.
public final class EventLog {
  private final PrintStream out;
  private final Clock clock;

  public EventLog(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /// @param event what happened, one word such as `request`
  public void write(String event, ObjectNode details) {
    ObjectNode line = Json.object().put("at", clock.instant().toString()).put("event", event);
    line.setAll(details);
    // One call a line: the stream keeps lines of several threads apart.
    out.println(Json.text(line));
  }

  /// A fault of the service, with its stack trace: only here, never in an answer.
  public void fault(String doing, Throwable fault) {
    StringBuilder trace = new StringBuilder();
    for (Throwable at = fault; at != null; at = at.getCause()) {
      trace.append(at).append('\n');
      for (StackTraceElement element : at.getStackTrace()) {
        trace.append("  at ").append(element).append('\n');
      }
    }
    write("fault", Json.object().put("doing", doing).put("trace", trace.toString()));
  }
}
