package io.edgewright.functions.core.compilation;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Models that do not fit into one request go to the object store directly.
public final class Uploads {
  public static final long LARGEST_MODEL = 512L << 20;
  private static final Duration VALIDITY = Duration.ofHours(1);

  private final ObjectStore objects;
  private final Clock clock;

  public Uploads(ObjectStore objects, Clock clock) {
    this.objects = objects;
    this.clock = clock;
  }

  /// @param address where to PUT the model; absent when it is there already
  public record Upload(Digest model, Optional<URI> address, Instant expiresAt) {}

  /// @throws ServiceException when the model is larger than any compiler here takes
  public Upload announce(Digest model, long bytes) throws IOException {
    if (bytes > LARGEST_MODEL) {
      throw new ServiceException(
          ServiceErrorCode.MODEL_TOO_LARGE,
          "/bytes",
          bytes + " bytes",
          "at most " + LARGEST_MODEL + " bytes",
          "store weights in fewer bits, or split the model");
    }
    String key = Compilation.modelKey(model);
    Optional<URI> address =
        objects.size(key).isPresent()
            ? Optional.empty()
            : Optional.of(objects.uploadAddress(key, bytes, model, VALIDITY));
    return new Upload(model, address, clock.instant().plus(VALIDITY));
  }
}
