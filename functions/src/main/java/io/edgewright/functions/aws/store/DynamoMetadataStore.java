package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.store.MetadataStore;
import io.edgewright.functions.core.store.SignedMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// An item a version. That one follows on another is the condition of the transaction that adds it.
public final class DynamoMetadataStore implements MetadataStore {
  private static final Term ABSENT = Term.of("attribute_not_exists(#role)");
  private static final Term PRESENT = Term.of("attribute_exists(#role)");

  private final Tables tables;
  private final Table metadata;

  public DynamoMetadataStore(Tables tables) {
    this.tables = tables;
    this.metadata = tables.table("metadata");
  }

  private static Item key(String role, int version) {
    return Item.of("role", role).with("version", version);
  }

  @Override
  public Optional<SignedMetadata> latest(String role) {
    return metadata
        .search(Term.of("#role = :role").with("role", role))
        .backward()
        .first(1)
        .findFirst()
        .map(DynamoMetadataStore::metadata);
  }

  @Override
  public Optional<SignedMetadata> find(String role, int version) {
    return metadata.get(key(role, version)).map(DynamoMetadataStore::metadata);
  }

  @Override
  public boolean publish(List<SignedMetadata> next) {
    List<TransactWriteItem> writes = new ArrayList<>();
    for (SignedMetadata one : next) {
      if (one.version() < 1) {
        return false;
      }
      writes.add(metadata.putting(item(one), ABSENT));
      if (one.version() > 1) {
        writes.add(metadata.checking(key(one.role(), one.version() - 1), PRESENT));
      }
    }
    return Transaction.write(tables.client(), writes).isEmpty();
  }

  private static Item item(SignedMetadata metadata) {
    return key(metadata.role(), metadata.version())
        .with("endsAt", metadata.expires())
        .with("json", Packed.bytes(metadata.json()));
  }

  private static SignedMetadata metadata(Item item) {
    return new SignedMetadata(
        item.textOf("role"),
        item.intOf("version"),
        item.instantOf("endsAt"),
        Packed.text(item.bytesOf("json")));
  }
}
