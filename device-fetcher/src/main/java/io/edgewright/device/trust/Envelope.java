package io.edgewright.device.trust;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One metadata file: what was signed, by whom, and the bytes that both came in.
 *
 * @param role the name by which the file is known, {@code root} or {@code group/lobby}
 * @param raw the file as it came
 * @param signedBytes the canonical form of {@code signed}, which the signatures are over
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each file would cost memory
record Envelope(
    String role,
    byte[] raw,
    JsonValue signed,
    byte[] signedBytes,
    List<SignatureOf> signatures,
    long version,
    Instant expires) {

  /** One signature and the name of the key that is said to have made it. */
  record SignatureOf(String keyId, byte[] bytes) {}

  /** Reads a file of the given type ({@code root}, {@code timestamp}, {@code snapshot}, ...). */
  static Envelope read(byte[] raw, String role, String type) {
    if (raw.length > mostBytes(type)) {
      throw new DeviceException(
          DeviceErrorCode.METADATA_TOO_LARGE,
          "metadata `" + role + "`",
          raw.length + " bytes",
          "at most " + mostBytes(type),
          Refusal.KEEPS);
    }
    return wellFormed(() -> {
      JsonValue file = JsonText.parse(raw, "metadata `" + role + "`");
      JsonValue signed = file.require("signed");
      checkKind(signed, type);
      return new Envelope(
          role,
          raw,
          signed,
          CanonicalJson.bytes(signed.value()),
          readSignatures(file.require("signatures")),
          signed.require("version").integer(1, Long.MAX_VALUE),
          readTime(signed.require("expires")));
    });
  }

  /** Reads more of the content; anything of the wrong shape is malformed metadata. */
  <T> T content(Function<JsonValue, T> reader) {
    return wellFormed(() -> reader.apply(signed));
  }

  /** A file is of no use from the moment on that it names itself: this is what ends a freeze. */
  void checkFresh(Instant now) {
    if (!now.isBefore(expires)) {
      throw new DeviceException(
          DeviceErrorCode.METADATA_EXPIRED,
          "metadata `" + role + "`",
          "expired at " + expires + ", and it is at least " + now,
          "metadata that is still valid",
          "check this device's clock, and that the service renews its metadata");
    }
  }

  private static <T> T wellFormed(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (JsonException exception) {
      throw exception.as(DeviceErrorCode.METADATA_MALFORMED, Refusal.KEEPS);
    }
  }

  private static void checkKind(JsonValue signed, String type) {
    if (!signed.require("_type").text().equals(type)) {
      throw signed.require("_type").wrong("`" + type + "`");
    }
    JsonValue specification = signed.require("spec_version");
    if (!specification.text().matches("1\\.[0-9]+(\\.[0-9]+)?")) {
      throw specification.wrong("1.x");
    }
  }

  private static List<SignatureOf> readSignatures(JsonValue list) {
    List<SignatureOf> signatures = new ArrayList<>();
    for (JsonValue item : list.items()) {
      JsonValue hex = item.require("sig");
      try {
        signatures.add(
            new SignatureOf(item.require("keyid").text(), HexFormat.of().parseHex(hex.text())));
      } catch (IllegalArgumentException exception) {
        throw hex.wrong("hexadecimal digits");
      }
    }
    return List.copyOf(signatures);
  }

  private static Instant readTime(JsonValue time) {
    try {
      return Instant.parse(time.text());
    } catch (DateTimeParseException exception) {
      throw time.wrong("a UTC time like 2030-01-31T00:00:00Z");
    }
  }

  private static int mostBytes(String type) {
    return switch (type) {
      case "timestamp" -> 16 << 10;
      case "root" -> 256 << 10;
      default -> 1 << 20;
    };
  }
}
