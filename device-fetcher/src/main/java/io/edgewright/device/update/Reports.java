package io.edgewright.device.update;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.errors.DeviceProblem;
import io.edgewright.device.sensors.Sensors;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.ServiceClient;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the service is told of bundles. A report waits on the disk until the service has taken it.
 */
public final class Reports {
  private static final int MOST_DETAIL = 4000;

  private final Store store;
  private final Sensors sensors;

  public Reports(Store store) {
    this(store, Sensors.ofThisMachine());
  }

  Reports(Store store, Sensors sensors) {
    this.store = store;
    this.sensors = sensors;
  }

  public void activated(String bundle, SelfTest.Result result, Instant at) {
    Map<String, Object> report = report("activated", bundle, at);
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("ok", true);
    numbers.put("maximumError", result.maximumError());
    numbers.put("latencyMicros", result.latencyMicros());
    report.put("selfTest", numbers);
    store.addReport(report);
  }

  public void failed(String bundle, DeviceProblem problem, Instant at) {
    store.addReport(withProblem(report("failed", bundle, at), problem));
  }

  /** The bundle did not work in use; the device went back to the last good one. */
  public void rolledBack(String bundle, String backTo, DeviceProblem problem, Instant at) {
    Map<String, Object> report = withProblem(report("rolled-back", bundle, at), problem);
    report.put("backTo", "sha256:" + backTo);
    store.addReport(report);
  }

  /** How the device is, what running costs it and what the radio does. */
  public void health(Map<String, Object> run, List<Map<String, Object>> traffic, Instant at) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("event", "health");
    report.put("at", at.toString());
    report.put("machine", sensors.state());
    report.put("run", run);
    report.put("traffic", traffic);
    store.addReport(report);
  }

  /** Sends what waits, oldest first, until the service cannot be reached. */
  void send(ServiceClient service) {
    for (String name : store.reports()) {
      Optional<byte[]> report = store.report(name);
      try {
        report.ifPresent(json -> service.send("POST", "/v1/devices/self/reports", Map.of(), json));
      } catch (DeviceException exception) {
        if (exception.code() != DeviceErrorCode.REQUEST_REFUSED) {
          return;
        }
        // A report that the service will never take must not hold up those behind it.
      }
      store.removeReport(name);
    }
  }

  private Map<String, Object> report(String event, String bundle, Instant at) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("event", event);
    report.put("bundle", "sha256:" + bundle);
    report.put("at", at.toString());
    report.put("machine", sensors.state());
    return report;
  }

  private static Map<String, Object> withProblem(
      Map<String, Object> report, DeviceProblem problem) {
    String detail = problem.sentence();
    report.put("code", problem.code().id());
    report.put("detail", detail.substring(0, Math.min(detail.length(), MOST_DETAIL)));
    return report;
  }
}
