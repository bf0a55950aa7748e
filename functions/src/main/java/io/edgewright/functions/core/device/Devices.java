package io.edgewright.functions.core.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.core.store.DeviceStore.Enrolment;
import io.edgewright.functions.core.store.DeviceStore.Reason;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.Inspector.KnownTarget;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.SignedMetadata;
import io.edgewright.functions.core.trust.MetadataSet;
import io.edgewright.functions.core.trust.PublishedMetadata;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Enrolment, what a device should run, and what it reports.
public final class Devices {
  public static final Duration POLL = Duration.ofHours(1);
  private static final Duration ADDRESS_LIFETIME = Duration.ofHours(1);

  private final DeviceStore devices;
  private final ObjectStore objects;
  private final PublishedMetadata metadata;
  private final Inspector inspector;
  private final Clock clock;

  public Devices(
      DeviceStore devices,
      ObjectStore objects,
      PublishedMetadata metadata,
      Inspector inspector,
      Clock clock) {
    this.devices = devices;
    this.objects = objects;
    this.metadata = metadata;
    this.inspector = inspector;
    this.clock = clock;
  }

  /// @param features what the device's processor can do; empty when the device did not say
  public record Enrolling(
      String claim, DeviceKey key, String target, List<String> features, String name) {
    public Enrolling {
      features = List.copyOf(features);
    }
  }

  public record Enrolled(Device device, SignedMetadata root) {}

  /// @param bundle absent while nothing for the device's target is deployed to its group
  public record Desired(MetadataSet metadata, Optional<BundleLink> bundle) {}

  public record BundleLink(String path, URI address) {}

  /// @throws ServiceException when the claim is not good or the target does not fit
  public Enrolled enrol(Enrolling enrolling) {
    checkTarget(enrolling);
    Instant now = clock.instant();
    Enrolment enrolment =
        devices.enrol(
            Claims.digest(enrolling.claim()),
            now,
            group ->
                new Device(
                    enrolling.key().thumbprint(),
                    enrolling.key().stored(),
                    group,
                    enrolling.target(),
                    enrolling.features(),
                    enrolling.name(),
                    now,
                    Optional.empty()));
    return switch (enrolment) {
      case Enrolment.Enrolled(Device device) -> new Enrolled(device, metadata.root().orElseThrow());
      case Enrolment.Refused(Reason reason) -> throw refused(reason);
    };
  }

  private void checkTarget(Enrolling enrolling) {
    KnownTarget target =
        inspector.targets().stream()
            .filter(known -> known.id().equals(enrolling.target()))
            .findFirst()
            .orElseThrow(() ->
                unfit(
                    "/target",
                    "`" + enrolling.target() + "`, which is not known here",
                    "one of " + inspector.targets().stream().map(KnownTarget::id).toList(),
                    "take a target from `GET /v1/targets`"));
    List<String> lacking =
        target.features().stream()
            .filter(feature -> !enrolling.features().contains(feature))
            .toList();
    if (!enrolling.features().isEmpty() && !lacking.isEmpty()) {
      throw unfit(
          "/features",
          "a processor without " + lacking,
          "all of " + target.features() + " for `" + target.id() + "`",
          "enrol with a target that this processor can run");
    }
  }

  private static ServiceException unfit(String where, String seen, String allowed, String hint) {
    return new ServiceException(ServiceErrorCode.DEVICE_TARGET_UNFIT, where, seen, allowed, hint);
  }

  private static ServiceException refused(Reason reason) {
    return switch (reason) {
      case UNKNOWN -> refused("a claim that was never made here");
      case USED -> refused("a claim that another device has used");
      case EXPIRED -> refused("a claim past its 72 hours");
      case KEY_WITHDRAWN -> DeviceRegister.keyTaken();
    };
  }

  private static ServiceException refused(String seen) {
    return new ServiceException(
        ServiceErrorCode.CLAIM_REFUSED,
        "/claim",
        seen,
        "a claim that is not used and not expired",
        "ask an operator for a new one (`POST /v1/claims`)");
  }

  /// @param rootVersion the newest root that the device has
  public Desired desired(Device device, int rootVersion) {
    MetadataSet set = metadata.forGroup(device.group(), rootVersion);
    return new Desired(set, set.group().flatMap(group -> link(device, group)));
  }

  private Optional<BundleLink> link(Device device, SignedMetadata group) {
    return PublishedMetadata.bundleFor(device, group)
        .map(bundle -> {
          JsonNode file = bundle.getValue();
          Digest digest = new Digest(file.required("hashes").required("sha256").asText());
          String fileName = file.at("/custom/name").asText() + "-" + device.target() + ".zip";
          return new BundleLink(
              bundle.getKey(),
              objects.downloadAddress(Artifact.bundleKey(digest), fileName, ADDRESS_LIFETIME));
        });
  }

  public void report(Device device, ObjectNode report) {
    devices.addReport(new DeviceStore.Report(device.id(), clock.instant(), Json.text(report)));
  }
}
