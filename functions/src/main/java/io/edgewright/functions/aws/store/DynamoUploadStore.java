package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.ModelUpload;
import io.edgewright.functions.core.store.UploadStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An item a model that is arriving.
public final class DynamoUploadStore implements UploadStore {
  private static final String ALL = "upload";

  private final Table uploads;

  public DynamoUploadStore(Tables tables) {
    this.uploads = tables.table("uploads");
  }

  private static Item key(Digest model) {
    return Item.of("id", model.hex());
  }

  @Override
  public boolean add(ModelUpload upload) {
    Item item =
        key(upload.model())
            .with("list", ALL)
            .with("bytes", upload.bytes())
            .with("parts", Item.texts(upload.parts().stream().map(Digest::hex).toList()))
            .with("upload", upload.upload())
            .with("startedAt", upload.startedAt());
    return switch (uploads.put(item, Term.ABSENT)) {
      case Table.Outcome.Written _ -> true;
      // Whose upload it is tells the object store's name for it.
      case Table.Outcome.Refused(Item there) -> there.text("upload", "").equals(upload.upload());
    };
  }

  @Override
  public Optional<ModelUpload> find(Digest model) {
    return uploads.get(key(model)).map(DynamoUploadStore::upload);
  }

  @Override
  public void remove(ModelUpload upload) {
    Term same = Term.of("#upload = :upload").with("upload", upload.upload());
    var _ = uploads.delete(key(upload.model()), same);
  }

  @Override
  public List<ModelUpload> startedBefore(Instant time) {
    Term keys =
        Term.of("#list = :list AND #startedAt < :time").with("list", ALL).with("time", time);
    List<Item> found =
        uploads
            .search(keys)
            .in("oldest")
            .all()
            .map(item -> key(new Digest(item.textOf("id"))))
            .toList();
    return uploads.getAll(found).stream()
        .map(DynamoUploadStore::upload)
        .filter(upload -> upload.startedAt().isBefore(time))
        .toList();
  }

  private static ModelUpload upload(Item item) {
    return new ModelUpload(
        new Digest(item.textOf("id")),
        item.numberOf("bytes"),
        item.textsOf("parts").stream().map(Digest::new).toList(),
        item.textOf("upload"),
        item.instantOf("startedAt"));
  }
}
