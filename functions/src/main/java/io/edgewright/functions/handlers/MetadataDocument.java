package io.edgewright.functions.handlers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.SignedMetadata;
import io.edgewright.functions.core.trust.MetadataSet;

/// A set of signed metadata as a device gets it: each role under its name, roots as a list.
final class MetadataDocument {
  private MetadataDocument() {}

  static ObjectNode of(MetadataSet set) {
    ObjectNode metadata = Json.object();
    ArrayNode roots = metadata.putArray("root");
    set.roots().forEach(root -> roots.add(Json.trusted(root.json())));
    put(metadata, set.timestamp());
    put(metadata, set.snapshot());
    put(metadata, set.targets());
    set.group().ifPresent(group -> put(metadata, group));
    return metadata;
  }

  private static void put(ObjectNode metadata, SignedMetadata role) {
    metadata.set(role.role(), Json.trusted(role.json()));
  }
}
