package io.edgewright.functions.core.compilation;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.ModelUpload;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.ObjectStore.Parts;
import io.edgewright.functions.core.store.ObjectStore.Place;
import io.edgewright.functions.core.store.UploadStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Models that do not fit into one request go to the object store directly: in one piece, or in
/// parts, so that an upload that broke off goes on where it was.
public final class Uploads {
  public static final long LARGEST_MODEL = 512L << 20;

  /// Of every part but the last. S3 takes parts from 5 MiB on.
  public static final long PART_BYTES = 8L << 20;

  private static final Duration VALIDITY = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(7);

  private final ObjectStore objects;
  private final UploadStore uploads;
  private final Clock clock;

  public Uploads(ObjectStore objects, UploadStore uploads, Clock clock) {
    this.objects = objects;
    this.uploads = uploads;
    this.clock = clock;
  }

  /// Where to PUT a part.
  ///
  /// @param part from 1
  public record Address(int part, long offset, long bytes, Digest digest, Place place) {}

  /// @param missing what is still to be sent; empty when the model is complete, or can be completed
  public record State(Digest model, boolean complete, List<Address> missing, Instant expiresAt) {
    public State {
      missing = List.copyOf(missing);
    }
  }

  /// @param parts the digests of the parts; none to send the model in one piece
  /// @throws ServiceException when the model is larger than any compiler here takes, or the parts
  ///   are not as many as they must be
  public State announce(Digest model, long bytes, List<Digest> parts) throws IOException {
    checkSize(bytes, parts.size());
    String key = Compilation.modelKey(model);
    if (objects.size(key).isPresent()) {
      return complete(model);
    }
    if (parts.isEmpty()) {
      Place place = objects.uploadAddress(key, bytes, model, VALIDITY);
      return open(model, List.of(new Address(1, 0, bytes, model, place)));
    }
    return missing(begin(model, bytes, parts));
  }

  private static void checkSize(long bytes, int parts) {
    if (bytes > LARGEST_MODEL) {
      throw new ServiceException(
          ServiceErrorCode.MODEL_TOO_LARGE,
          "/bytes",
          bytes + " bytes",
          "at most " + LARGEST_MODEL + " bytes",
          "store weights in fewer bits, or split the model");
    }
    long wanted = (bytes + PART_BYTES - 1) / PART_BYTES;
    if (parts > 0 && parts != wanted) {
      throw new ServiceException(
          ServiceErrorCode.FIELD_INVALID,
          "/parts",
          parts + " digests",
          wanted + " digests, one for each " + PART_BYTES + " bytes and one for the rest",
          "split the file with `split -b " + PART_BYTES + "` and send the SHA-256 of each piece");
    }
  }

  private ModelUpload begin(Digest model, long bytes, List<Digest> parts) throws IOException {
    while (true) {
      Optional<ModelUpload> known = uploads.find(model);
      ModelUpload wanted =
          new ModelUpload(
              model,
              bytes,
              parts,
              known.map(ModelUpload::upload).orElse(""),
              known.map(ModelUpload::startedAt).orElse(clock.instant()));
      if (known.filter(wanted::isLike).isPresent()) {
        return known.get();
      }
      // Another size or other parts of the same digest: one of the two is mistaken, and the last
      // word counts.
      if (known.isPresent()) {
        drop(known.get());
      }
      Parts upload = objects.beginParts(Compilation.modelKey(model));
      ModelUpload fresh = new ModelUpload(model, bytes, parts, upload.id(), clock.instant());
      if (uploads.add(fresh)) {
        return fresh;
      }
      objects.dropParts(upload);
    }
  }

  /// What is there of a model, and fresh addresses for what is not.
  ///
  /// @throws ServiceException when it is neither here nor arriving in parts
  public State state(Digest model) throws IOException {
    return objects.size(Compilation.modelKey(model)).isPresent()
        ? complete(model)
        : missing(find(model));
  }

  private ModelUpload find(Digest model) {
    return uploads
        .find(model)
        .orElseThrow(() ->
            new ServiceException(
                ServiceErrorCode.UPLOAD_UNKNOWN,
                "the model `" + model + "`",
                "neither here nor arriving in parts",
                "a model that was announced with its parts within the last week",
                "announce it with `POST /v1/models`"));
  }

  /// Joins the parts. A model that is complete stays as it is.
  ///
  /// @throws ServiceException when parts are missing, or the whole is not the model
  public State finish(Digest model) throws IOException {
    String key = Compilation.modelKey(model);
    if (objects.size(key).isPresent()) {
      uploads.find(model).ifPresent(uploads::remove);
      return complete(model);
    }
    ModelUpload upload = find(model);
    List<Address> missing = missing(upload).missing();
    if (!missing.isEmpty()) {
      throw new ServiceException(
          ServiceErrorCode.UPLOAD_INCOMPLETE,
          "the model `" + model + "`",
          "without the parts " + missing.stream().map(Address::part).toList(),
          "all of its " + upload.parts().size() + " parts",
          "PUT them to the addresses that `GET /v1/models/{model}` lists");
    }
    return switch (objects.joinParts(parts(upload), upload.parts().size(), model)) {
      case JOINED -> {
        drop(upload);
        yield complete(model);
      }
      case OTHER_CONTENT -> {
        drop(upload);
        throw mismatch(model);
      }
      // Whoever else finished it was quicker.
      case GONE -> state(model);
    };
  }

  private static ServiceException mismatch(Digest model) {
    return new ServiceException(
        ServiceErrorCode.UPLOAD_MISMATCH,
        "the model `" + model + "`",
        "parts that are each as announced, but together another file",
        "the file with this digest",
        "compute the digests of the file and of its parts again, and announce it again");
  }

  private static Parts parts(ModelUpload upload) {
    return new Parts(Compilation.modelKey(upload.model()), upload.upload());
  }

  /// Forgets uploads that nobody finished within a week.
  public void sweep() throws IOException {
    for (ModelUpload upload : uploads.startedBefore(clock.instant().minus(KEPT))) {
      drop(upload);
    }
  }

  private void drop(ModelUpload upload) throws IOException {
    objects.dropParts(parts(upload));
    uploads.remove(upload);
  }

  private State complete(Digest model) {
    return new State(model, true, List.of(), clock.instant().plus(VALIDITY));
  }

  private State open(Digest model, List<Address> missing) {
    return new State(model, false, missing, clock.instant().plus(VALIDITY));
  }

  private State missing(ModelUpload upload) throws IOException {
    Set<Integer> there = objects.parts(parts(upload));
    List<Address> missing = new ArrayList<>();
    for (int part = 1; part <= upload.parts().size(); part++) {
      if (!there.contains(part)) {
        missing.add(address(upload, part));
      }
    }
    return open(upload.model(), missing);
  }

  private Address address(ModelUpload upload, int part) {
    long offset = (part - 1) * PART_BYTES;
    long bytes = Math.min(PART_BYTES, upload.bytes() - offset);
    Digest digest = upload.parts().get(part - 1);
    Place place = objects.partAddress(parts(upload), part, bytes, digest, VALIDITY);
    return new Address(part, offset, bytes, digest, place);
  }
}
