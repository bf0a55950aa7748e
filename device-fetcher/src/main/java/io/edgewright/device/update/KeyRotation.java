package io.edgewright.device.update;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.identity.DeviceKey;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.ServiceClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Gives this device another key. The new one is on the disk before the service hears of it, and the
 * old one until the service has said yes, so that wherever this breaks off, one of the two fits and
 * the next attempt finds out which.
 */
public final class KeyRotation {
  private static final String PATH = "/v1/devices/self/key";
  private static final int CONFLICT = 409;
  private static final int UNAUTHORIZED = 401;

  private final Store store;
  private final BiFunction<DeviceKey, Optional<DeviceKey>, ServiceClient> clients;

  /**
   * Prepares a rotation.
   *
   * @param clients makes a client that signs with the first key, and with the second one too
   */
  public KeyRotation(
      Store store, BiFunction<DeviceKey, Optional<DeviceKey>, ServiceClient> clients) {
    this.store = store;
    this.clients = clients;
  }

  /** Changes the key; the result is the new key's thumbprint. */
  public String run(DeviceKey current) {
    return store.whileSyncing(Duration.ofSeconds(60), () -> runAlone(current));
  }

  private String runAlone(DeviceKey current) {
    DeviceKey next = store.nextKey().orElseGet(this::makeKey);
    byte[] body = JsonText.bytes(Map.of("publicKey", next.jwk()));
    ServiceClient both = clients.apply(current, Optional.of(next));
    ServiceClient.Reply reply = both.exchange("PUT", PATH, Map.of(), body);
    if (reply.status() == UNAUTHORIZED) {
      // It may be that the last attempt succeeded and only its answer was lost.
      both = clients.apply(next, Optional.empty());
      reply = both.exchange("PUT", PATH, Map.of(), body);
    }
    if (reply.status() == CONFLICT) {
      store.dropNextKey();
    }
    if (reply.status() != 200) {
      throw both.refused(reply);
    }
    checkAnswer(reply.body(), next);
    store.promoteNextKey(next);
    return next.thumbprint();
  }

  private DeviceKey makeKey() {
    DeviceKey key = DeviceKey.generate();
    store.saveNextKey(key);
    return key;
  }

  private static void checkAnswer(byte[] body, DeviceKey next) {
    try {
      JsonValue keyId = JsonText.parse(body, "answer").require("keyId");
      if (!keyId.text().equals(next.thumbprint())) {
        throw keyId.wrong("`" + next.thumbprint() + "`, the new key of this device");
      }
    } catch (JsonException exception) {
      throw exception.as(
          DeviceErrorCode.ANSWER_MALFORMED,
          "check that this is the address of an Edgewright service, of a version that fits");
    }
  }
}
