package io.edgewright.device;

import io.edgewright.device.frugal.RunDiary;
import io.edgewright.device.frugal.TrafficDiary;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.sensors.Sensors;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Slots;
import io.edgewright.device.store.Store;
import io.edgewright.device.store.SyncState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code status}: what is on this device, for people and for scripts. */
record StatusCommand(Console console) {

  int run(List<String> words) {
    Arguments arguments =
        Arguments.read("status", words, Set.of("--home"), Set.of("--json")).check();
    Store store = HomeFolder.open(arguments, console);
    Map<String, Object> status = status(store, HomeFolder.enrolment(store));
    if (arguments.has("--json")) {
      console.out().println(JsonText.print(status));
    } else {
      print(status, "");
    }
    return 0;
  }

  private Map<String, Object> status(Store store, Enrolment enrolment) {
    Slots slots = store.slots();
    SyncState state = store.state();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("name", enrolment.name());
    status.put("device", enrolment.deviceId());
    status.put("group", enrolment.group());
    status.put("target", enrolment.target());
    status.put("service", enrolment.service());
    status.put("home", store.home().folder().toString());
    status.put("active", slots.active().map(StatusCommand::slot).orElse(JsonText.NULL));
    status.put("lastGood", slots.lastGood().map(StatusCommand::slot).orElse(JsonText.NULL));
    status.put("refused", slots.refused().stream().map(StatusCommand::refused).toList());
    status.put("lastSync", time(state.syncedAt()));
    status.put("metadataFreshUntil", time(state.freshUntil()));
    status.put("lastProblem", state.problem().isEmpty() ? JsonText.NULL : state.problem());
    status.put("waitingReports", store.reports().size());
    status.put("machine", Sensors.ofThisMachine().state());
    status.put("run", orNone(RunDiary.read(store.disk(), store.home().runDiary())));
    status.put(
        "traffic",
        new TrafficDiary(store.disk(), store.home().trafficDiary(), console.clock()).fields());
    return status;
  }

  private static Object orNone(Map<String, Object> fields) {
    return fields.isEmpty() ? JsonText.NULL : fields;
  }

  private static Object slot(Slots.Slot slot) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", slot.name());
    fields.put("bundle", "sha256:" + slot.bundle());
    fields.put("since", slot.since().toString());
    fields.put("hasGivenResults", slot.confirmed());
    return fields;
  }

  private static Object refused(Slots.Refused refused) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bundle", "sha256:" + refused.bundle());
    fields.put("attempts", refused.attempts());
    fields.put("at", refused.at().toString());
    fields.put("detail", refused.detail());
    return fields;
  }

  private static Object time(Instant time) {
    return time.equals(Instant.EPOCH) ? JsonText.NULL : time.toString();
  }

  /** The same for people: a line for each, what belongs together indented. */
  private void print(Map<?, ?> fields, String indent) {
    fields.forEach((name, value) -> {
      String label = indent + inWords((String) name);
      if (value instanceof Map<?, ?> inner) {
        console.out().println(label);
        print(inner, indent + "  ");
      } else if (value instanceof List<?> items) {
        console.out().println(label + (items.isEmpty() ? pad(label) + "none" : ""));
        items.forEach(item -> {
          if (item instanceof Map<?, ?> inner) {
            print(inner, indent + "  ");
          } else {
            console.out().println(indent + "  " + item);
          }
        });
      } else {
        String text = value.equals(JsonText.NULL) ? "none" : value.toString();
        console.out().println(label + pad(label) + text);
      }
    });
  }

  /** `lastSync` is `last sync`. */
  private static String inWords(String name) {
    return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  private static String pad(String label) {
    return " ".repeat(Math.max(1, 22 - label.length()));
  }
}
