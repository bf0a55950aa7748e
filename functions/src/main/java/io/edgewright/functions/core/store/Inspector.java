package io.edgewright.functions.core.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.ServiceProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads what a caller sent, without generating code.
public interface Inspector {
  /// Names the compiler: other digest, other compilations.
  Digest compiler();

  /// @throws ServiceException with every problem of the manifest
  ReadManifest readManifest(byte[] json);

  /// The manifest as far as one of its targets is concerned: what that target's bundle depends on.
  ReadManifest forTarget(ReadManifest manifest, String target);

  /// Every problem of the model under this manifest, none if it can be compiled.
  List<ServiceProblem> inspect(byte[] model, ReadManifest manifest);

  /// Every problem of the model that shows without a manifest.
  List<ServiceProblem> inspect(byte[] model);

  /// What a compilation would give, as `POST /v1/plans` answers it, its problems included.
  ///
  /// @throws ServiceException when the bytes are no model at all
  ObjectNode plan(byte[] model, ReadManifest manifest);

  /// The targets this service compiles for.
  List<KnownTarget> targets();

  /// @param normalised canonical JSON: the same meaning, the same bytes
  record ReadManifest(String name, List<String> targets, String normalised) {
    public ReadManifest {
      targets = List.copyOf(targets);
    }

    public byte[] bytes() {
      return normalised.getBytes(StandardCharsets.UTF_8);
    }
  }

  /// @param features what a processor must be able to do to run this target's bundles
  /// @param figures all that is told of it, as JSON
  record KnownTarget(String id, List<String> features, ObjectNode figures) {
    public KnownTarget {
      features = List.copyOf(features);
    }
  }
}
