package io.edgewright.device.update;

import io.edgewright.device.bundle.ProcessorFeatures;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.identity.DeviceKey;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonSlices;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import io.edgewright.device.store.Enrolment;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.ServiceClient;
import io.edgewright.device.transport.ServiceProblem;
import io.edgewright.device.trust.TrustedMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** A one-time claim and a key made here become a device of the claim's group. */
public final class Enroller {
  /** What whoever enrols the device says of it. */
  public record Wish(String service, String claim, String target, String name) {}

  private final Store store;
  private final ServiceClient service;
  private final ProcessorFeatures features;

  public Enroller(Store store, ServiceClient service, ProcessorFeatures features) {
    this.store = store;
    this.service = service;
    this.features = features;
  }

  public Enrolment enrol(Wish wish, Instant now) {
    store.prepare();
    return store.whileSyncing(Duration.ZERO, () -> enrolAlone(wish, now));
  }

  private Enrolment enrolAlone(Wish wish, Instant now) {
    store.enrolment().ifPresent(Enroller::refuseTwice);
    // The key is safe before the claim is used: when the answer is lost, the same request can be
    // sent again, and the service answers it the same.
    DeviceKey key = store.key().orElseGet(this::makeKey);
    byte[] answer = ask(wish, key);
    try {
      JsonValue root = JsonText.parse(answer, "answer");
      if (!root.require("deviceId").text().equals(key.thumbprint())) {
        throw root.require("deviceId").wrong("`" + key.thumbprint() + "`, this device's own key");
      }
      Enrolment enrolment =
          new Enrolment(
              wish.service(),
              key.thumbprint(),
              group(root.require("group")),
              wish.target(),
              wish.name(),
              root.require("pollSeconds").integer(1, 1 << 30));
      byte[] trusted = JsonSlices.fields(answer, "answer").getOrDefault("root", new byte[0]);
      TrustedMetadata.startingAt(trusted, now);
      store.saveMetadata("root", trusted);
      store.saveEnrolment(enrolment);
      return enrolment;
    } catch (JsonException exception) {
      throw exception.as(
          DeviceErrorCode.ANSWER_MALFORMED,
          "check that this is the address of an Edgewright service, of a version that fits");
    }
  }

  private byte[] ask(Wish wish, DeviceKey key) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("claim", wish.claim());
    request.put("publicKey", key.jwk());
    request.put("target", wish.target());
    request.put("features", new TreeSet<>(features.names()));
    request.put("name", wish.name());
    ServiceClient.Reply reply =
        service.exchange("POST", "/v1/enroll", Map.of(), JsonText.bytes(request));
    if (reply.status() == 201) {
      return reply.body();
    }
    if (reply.status() == 403) {
      throw ServiceProblem.read(reply.body())
          .as(
              DeviceErrorCode.CLAIM_REFUSED,
              reply,
              "a claim of this service that is neither used nor expired",
              "ask an operator for a new one");
    }
    throw service.refused(reply);
  }

  private DeviceKey makeKey() {
    DeviceKey key = DeviceKey.generate();
    store.saveKey(key);
    return key;
  }

  /** A group's name becomes part of paths; the service's own rule for it is narrower still. */
  private static String group(JsonValue group) {
    if (!group.text().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw group.wrong("letters, digits, `.`, `_` and `-`");
    }
    return group.text();
  }

  private static void refuseTwice(Enrolment enrolment) {
    throw new DeviceException(
        DeviceErrorCode.ALREADY_ENROLLED,
        "home folder",
        "already enrolled with " + enrolment.service() + " as " + enrolment.deviceId(),
        "one enrolment in a home folder",
        "go on with `sync`; for another device on this machine give another `--home`");
  }
}
