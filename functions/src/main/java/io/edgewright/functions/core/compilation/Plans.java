package io.edgewright.functions.core.compilation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.Inspector.ReadManifest;
import io.edgewright.functions.core.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says what a compilation would give. Nothing is compiled, stored or remembered.
public final class Plans {
  private final ObjectStore objects;
  private final Inspector inspector;

  public Plans(ObjectStore objects, Inspector inspector) {
    this.objects = objects;
    this.inspector = inspector;
  }

  /// For a manifest with the model beside it.
  ///
  /// @throws ServiceException with every problem, when manifest or model cannot be read
  public ObjectNode plan(byte[] manifest, byte[] model) {
    List<ServiceProblem> problems = new ArrayList<>();
    Optional<ReadManifest> read = Compilations.readManifest(inspector, manifest, problems);
    if (read.isEmpty()) {
      problems.addAll(inspector.inspect(model));
      throw new ServiceException(problems);
    }
    return inspector.plan(model, read.get());
  }

  /// For a manifest and a model that was uploaded before.
  ///
  /// @throws ServiceException as above, and when there is no such model
  public ObjectNode plan(byte[] manifest, Digest model) throws IOException {
    Optional<byte[]> content = objects.read(Compilation.modelKey(model));
    if (content.isEmpty()) {
      List<ServiceProblem> problems = new ArrayList<>();
      Compilations.readManifest(inspector, manifest, problems);
      problems.add(Compilations.notUploaded(model));
      throw new ServiceException(problems);
    }
    return plan(manifest, content.get());
  }
}
