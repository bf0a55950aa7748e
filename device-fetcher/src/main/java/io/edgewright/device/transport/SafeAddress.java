package io.edgewright.device.transport;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses that may be asked: HTTPS anywhere, plain HTTP only on this very machine. */
public final class SafeAddress {
  private SafeAddress() {}

  /**
   * Reads an address.
   *
   * @param where what gave it, for the complaint
   */
  public static URI of(String text, String where) {
    try {
      URI address = new URI(text);
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      boolean secure = scheme.equals("https");
      boolean local = scheme.equals("http") && isLoopback(address.getHost());
      if (address.getHost() != null && address.getUserInfo() == null && (secure || local)) {
        return address;
      }
    } catch (URISyntaxException exception) {
      // the complaint below says it all
    }
    throw new DeviceException(
        DeviceErrorCode.INSECURE_ADDRESS,
        where,
        "`" + text + "`",
        "https://HOST[:PORT], or http:// on 127.0.0.1, [::1] or localhost",
        "put TLS in front of the service; on its own machine, name it by 127.0.0.1");
  }

  private static boolean isLoopback(@Nullable String host) {
    return host != null
        && (host.equalsIgnoreCase("localhost")
            || host.equals("[::1]")
            || host.matches("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}"));
  }
}
