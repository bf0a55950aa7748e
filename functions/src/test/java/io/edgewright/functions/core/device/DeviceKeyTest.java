package io.edgewright.functions.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.signature.DeviceSigner;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceKeyTest {
  // RFC 7517, A.1.
  private static final String RFC_KEY =
      """
      {"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
       "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc","kid":"1"}\
      """;

  private static void refuses(JsonNode jwk, String seen) {
    assertThatThrownBy(() -> DeviceKey.of(jwk))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> {
              assertThat(e.problems().getFirst().code())
                  .isEqualTo(ServiceErrorCode.PUBLIC_KEY_INVALID.id());
              assertThat(e.problems().getFirst().seen()).contains(seen);
            });
  }

  @Test
  void namesAKeyByItsThumbprintAlone() {
    DeviceKey key = DeviceKey.of(Json.trusted(RFC_KEY));
    assertThat(key.jwk())
        .isEqualTo(
            "{\"crv\":\"P-256\",\"kty\":\"EC\","
                + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
                + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}");
    // Published for this key (as `kid` of other documents that use it).
    assertThat(key.thumbprint()).isEqualTo("cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s");
    assertThat(DeviceKey.of(key.stored())).isEqualTo(key);
  }

  @Test
  void refusesPrivateKeysOtherKindsAndOtherCurves() {
    ObjectNode key = new DeviceSigner().jwk();
    refuses(key.deepCopy().put("d", "x"), "private key");
    refuses(key.deepCopy().put("kty", "RSA"), "RSA");
    refuses(key.deepCopy().put("crv", "P-384"), "P-384");
    refuses(Json.array(), "``");
  }

  @Test
  void refusesPointsThatAreNotOnTheCurve() {
    ObjectNode key = new DeviceSigner().jwk();
    refuses(key.deepCopy().put("x", key.path("y").asText()), "not on the curve");
    refuses(key.deepCopy().put("x", "_".repeat(42) + "8"), "not on the curve");
  }

  @Test
  void refusesOtherSpellingsOfTheSamePoint() {
    ObjectNode key = new DeviceSigner().jwk();
    refuses(key.deepCopy().put("x", key.path("x").asText() + "="), "`x`");
    refuses(key.deepCopy().put("x", "AA" + key.path("x").asText()), "`x`");
    refuses(key.deepCopy().put("y", "not base64!"), "`y` with 0 bytes");
    refuses(key.deepCopy().remove(List.of("y")), "`y` with 0 bytes");
  }
}
