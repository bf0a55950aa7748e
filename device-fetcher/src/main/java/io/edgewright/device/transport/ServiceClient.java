package io.edgewright.device.transport;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.identity.RequestSigner;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Small requests to the service: signed anew at each try, with pauses in between. */
public final class ServiceClient {
  private static final int MOST_ANSWER_BYTES = 4 << 20;
  private static final String STALE_SIGNATURE = "EW-4042";
  private static final String REPLAYED_SIGNATURE = "EW-4043";

  /**
   * An answer that asking again would not change.
   *
   * @param where the request, for complaints
   * @param etag empty when the service gave none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Reply(String where, int status, String etag, byte[] body) {
    boolean isAccepted() {
      return (status >= 200 && status < 300) || status == 304;
    }
  }

  private final Fetcher fetcher;
  private final URI service;
  private final Optional<RequestSigner> signer;
  private final InstantSource clock;
  private final Patience patience;
  private final Patience.Pause pause;
  private final RandomGenerator random;

  /** What the service's clock is ahead of ours, learned when it refused a signature as stale. */
  private Duration skew = Duration.ZERO;

  public ServiceClient(
      Connection connection, URI service, Optional<RequestSigner> signer, InstantSource clock) {
    this.fetcher = connection.fetcher();
    this.patience = connection.patience();
    this.pause = connection.pause();
    this.random = connection.random();
    this.service = service;
    this.signer = signer;
    this.clock = clock;
  }

  /** Sends a request and takes nothing but success, or 304, for an answer. */
  public Reply send(
      String method, String path, Map<String, String> headers, byte @Nullable [] body) {
    Reply reply = exchange(method, path, headers, body);
    if (reply.isAccepted()) {
      return reply;
    }
    throw refused(reply);
  }

  /**
   * Sends a request until it is answered for good.
   *
   * @param path below the service's address, with its query
   */
  public Reply exchange(
      String method, String path, Map<String, String> headers, byte @Nullable [] body) {
    String base = service.toString();
    URI address =
        URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    String last = "";
    for (int failures = 0; failures < patience.attempts(); failures++) {
      if (failures > 0) {
        pause.sleep(patience.delay(failures, random));
      }
      try (Fetcher.Answer answer = fetcher.send(request(method, address, headers, body))) {
        byte[] content = BoundedBody.read(answer.body(), MOST_ANSWER_BYTES, patience.exchange());
        if (content.length > MOST_ANSWER_BYTES) {
          throw malformed(address, "more than " + MOST_ANSWER_BYTES + " bytes");
        }
        if (!mayPass(answer, content)) {
          String etag = answer.header("ETag").orElse("");
          return new Reply(method + " " + address, answer.status(), etag, content);
        }
        last = "answered " + answer.status();
      } catch (IOException exception) {
        last = exception.getClass().getSimpleName() + " " + exception.getMessage();
      }
    }
    throw new DeviceException(
        DeviceErrorCode.SERVICE_UNREACHABLE,
        method + " " + address,
        last,
        "an answer within " + patience.attempts() + " tries",
        "check the address and this device's network; the next poll tries again");
  }

  private Fetcher.Request request(
      String method, URI address, Map<String, String> headers, byte @Nullable [] body) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    if (body != null) {
      all.put("Content-Type", "application/json");
    }
    Instant created = clock.instant().plus(skew);
    signer.ifPresent(device -> all.putAll(device.headers(method, address, body, created)));
    return new Fetcher.Request(method, address, all, body);
  }

  /** Whether the same request may well be answered otherwise in a moment. */
  private boolean mayPass(Fetcher.Answer answer, byte[] content) {
    int status = answer.status();
    if (status == 401) {
      String code = ServiceProblem.read(content).code();
      return code.equals(REPLAYED_SIGNATURE) || (code.equals(STALE_SIGNATURE) && learnSkew(answer));
    }
    return status == 429 || status >= 500;
  }

  /**
   * A board without a clock of its own signs with a time that is hours off. The service's own time
   * is good enough to sign by; it is never used to judge whether metadata has expired.
   */
  private boolean learnSkew(Fetcher.Answer answer) {
    try {
      Instant there =
          ZonedDateTime.parse(
                  answer.header("Date").orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant();
      Duration ahead = Duration.between(clock.instant(), there);
      boolean news = ahead.minus(skew).abs().compareTo(Duration.ofSeconds(60)) > 0;
      skew = ahead;
      return news;
    } catch (DateTimeParseException exception) {
      return false;
    }
  }

  /** The complaint about a request that the service did not take. */
  public DeviceException refused(Reply reply) {
    ServiceProblem problem = ServiceProblem.read(reply.body());
    if (reply.status() == 401 && signer.isPresent()) {
      return new DeviceException(
          DeviceErrorCode.DEVICE_REFUSED,
          reply.where(),
          problem.seen(reply.status()),
          "a device that is enrolled with this service, by its own key",
          "if it was removed or the service set up anew, enrol it again with a new claim");
    }
    return problem.as(
        DeviceErrorCode.REQUEST_REFUSED,
        reply,
        "a request that the service takes",
        "check that this is the address of an Edgewright service");
  }

  private static DeviceException malformed(URI address, String seen) {
    return new DeviceException(
        DeviceErrorCode.ANSWER_MALFORMED,
        "answer of " + address,
        seen,
        "at most " + MOST_ANSWER_BYTES + " bytes of JSON",
        "check that this is the address of an Edgewright service");
  }
}
