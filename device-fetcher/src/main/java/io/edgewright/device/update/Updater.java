package io.edgewright.device.update;

import io.edgewright.device.bundle.ProcessorFeatures;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Slots;
import io.edgewright.device.store.Store;
import io.edgewright.device.store.SyncState;
import io.edgewright.device.transport.Connection;
import io.edgewright.device.transport.ServiceClient;
import io.edgewright.device.trust.TargetFile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One sync: ask, believe, install, remember, report. */
public final class Updater {
  private final Store store;
  private final Enrolment enrolment;
  private final ServiceClient service;
  private final Installation installation;
  private final Reports reports;
  private final InstantSource clock;

  public Updater(
      Store store,
      Enrolment enrolment,
      ServiceClient service,
      Connection connection,
      Machine machine) {
    this.store = store;
    this.enrolment = enrolment;
    this.service = service;
    this.clock = machine.clock();
    this.reports = new Reports(store);
    this.installation = new Installation(store, connection, machine);
  }

  /**
   * The machine that a sync runs on.
   *
   * @param clock never earlier than it can possibly be
   * @param bytesPerDay how much of bundles it may download
   */
  public record Machine(
      ProcessorFeatures features,
      SelfTest selfTest,
      InstantSource clock,
      long bytesPerDay,
      Consumer<String> log) {}

  /** Runs one sync while no other process does. */
  public SyncResult sync() {
    return store.whileSyncing(Duration.ZERO, this::syncAndNote);
  }

  private SyncResult syncAndNote() {
    installation.recover();
    try {
      SyncResult result = step();
      store.saveState(store.state().synced(clock.instant(), ""));
      reports.send(service);
      return result;
    } catch (DeviceException exception) {
      store.saveState(
          store.state().synced(store.state().syncedAt(), exception.problem().sentence()));
      if (exception.code() != DeviceErrorCode.SERVICE_UNREACHABLE) {
        reports.send(service);
      }
      throw exception;
    }
  }

  private SyncResult step() {
    Instant now = clock.instant();
    MetadataUpdate metadata = new MetadataUpdate(store, enrolment, now);
    boolean settled = isSettled(store.state(), now);
    ServiceClient.Reply reply = ask(metadata, settled ? store.state().etag() : "");
    if (reply.status() == 304) {
      refuseAgain(store.state().settled());
      return result(SyncResult.Kind.NOTHING_NEW, Optional.empty());
    }
    DesiredAnswer answer = DesiredAnswer.read(reply.body());
    Optional<TargetFile> target = metadata.accept(answer);
    store.saveState(store.state().verified(now, metadata.freshUntil()));
    if (target.isEmpty()) {
      store.saveState(store.state().settled(reply.etag(), ""));
      return result(SyncResult.Kind.NOTHING_DEPLOYED, Optional.empty());
    }
    SyncResult result = bring(target.get(), answer, metadata, now);
    store.saveState(store.state().settled(reply.etag(), target.get().sha256()));
    return result;
  }

  /**
   * Whether "not modified" would be an answer: the last one was dealt with to the end, what it
   * asked for is still active, and it has not expired, so that nobody can freeze this device with a
   * 304.
   */
  private boolean isSettled(SyncState state, Instant now) {
    boolean reached =
        state.settled().isEmpty()
            || store.slots().isActive(state.settled())
            || isRefused(state.settled());
    return reached && now.isBefore(state.freshUntil());
  }

  private boolean isRefused(String bundle) {
    return store.slots().refusal(bundle).filter(Slots.Refused::isFinal).isPresent();
  }

  private ServiceClient.Reply ask(MetadataUpdate metadata, String etag) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!etag.isEmpty()) {
      headers.put("If-None-Match", etag);
    }
    String path = "/v1/devices/self/desired?rootVersion=" + metadata.rootVersion();
    ServiceClient.Reply reply = service.send("GET", path, headers, null);
    if (reply.status() == 304 && etag.isEmpty()) {
      throw new DeviceException(
          DeviceErrorCode.ANSWER_MALFORMED,
          "answer of " + enrolment.service() + path,
          "304 without having been asked",
          "status 200 with metadata",
          "a proxy answers in place of the service; look at what it does");
    }
    return reply;
  }

  private SyncResult bring(
      TargetFile target, DesiredAnswer answer, MetadataUpdate metadata, Instant now) {
    if (store.slots().isActive(target.sha256())) {
      return result(SyncResult.Kind.UP_TO_DATE, Optional.empty());
    }
    refuseAgain(target.sha256());
    try {
      SelfTest.Result passed =
          installation.run(
              enrolment, target, address(answer), () -> address(askAgain(metadata)), now);
      reports.activated(target.sha256(), passed, now);
      return result(SyncResult.Kind.ACTIVATED, Optional.of(passed));
    } catch (DeviceException failure) {
      if (failure.code() != DeviceErrorCode.SERVICE_UNREACHABLE) {
        installation.remember(target.sha256(), failure, now);
        report(target.sha256(), failure, now);
      }
      throw failure;
    }
  }

  /** That the day's bytes are spent is told once; the polls until midnight have nothing to add. */
  private void report(String bundle, DeviceException failure, Instant now) {
    boolean isSaid =
        failure.code() == DeviceErrorCode.DAY_BYTES_SPENT
            && store.state().problem().startsWith(failure.code().id());
    if (!isSaid) {
      reports.failed(bundle, failure.problem(), now);
    }
  }

  private DesiredAnswer askAgain(MetadataUpdate metadata) {
    return DesiredAnswer.read(ask(metadata, "").body());
  }

  private static URI address(DesiredAnswer answer) {
    return answer
        .bundle()
        .map(DesiredAnswer.Link::address)
        .orElseThrow(() ->
            new DeviceException(
                DeviceErrorCode.ANSWER_MALFORMED,
                "answer.bundle",
                "missing, though the signed metadata names a bundle",
                "its address",
                "the next poll asks again"));
  }

  private void refuseAgain(String bundle) {
    store
        .slots()
        .refusal(bundle)
        .filter(Slots.Refused::isFinal)
        .ifPresent(refused -> {
          throw new DeviceException(
              DeviceErrorCode.BUNDLE_REFUSED_BEFORE,
              "bundle " + bundle.substring(0, 12),
              "failed here on " + refused.at() + ": " + refused.detail(),
              "a bundle that has not failed on this device",
              "deploy another compilation; this one is not fetched again");
        });
  }

  private SyncResult result(SyncResult.Kind kind, Optional<SelfTest.Result> selfTest) {
    Optional<String> active =
        store.slots().active().map(slot -> slot.name() + " " + slot.bundle().substring(0, 12));
    return new SyncResult(kind, active, selfTest);
  }
}
