package io.edgewright.functions.core.workflow;

import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.Inspector.ReadManifest;
import io.edgewright.functions.core.store.ObjectStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a compilation was asked for, out of the object store.
record Inputs(ObjectStore objects, Inspector inspector) {
  /// Copies an object that must be there.
  Path fetch(String key, Path file) throws IOException {
    if (!objects.copyTo(key, file)) {
      throw new FileNotFoundException("no object " + key);
    }
    return file;
  }

  Path model(Compilation compilation, WorkFolder folder) throws IOException {
    return fetch(compilation.modelKey(), folder.resolve("model.onnx"));
  }

  ReadManifest manifest(Compilation compilation, WorkFolder folder) throws IOException {
    Path file = fetch(compilation.manifestKey(), folder.resolve("whole-manifest.json"));
    return inspector.readManifest(Files.readAllBytes(file));
  }

  /// The manifest for one target, as the compiler of that target gets it.
  ReadManifest manifest(Compilation compilation, String target, WorkFolder folder)
      throws IOException {
    return inspector.forTarget(manifest(compilation, folder), target);
  }
}
