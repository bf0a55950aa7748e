package io.edgewright.functions.embedded.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.ModelUpload;
import io.edgewright.functions.core.store.UploadStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

public final class SqliteUploadStore implements UploadStore {
  private final Database database;

  public SqliteUploadStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(ModelUpload upload) {
    ArrayNode parts = Json.array();
    upload.parts().forEach(part -> parts.add(part.hex()));
    return database.transaction(transaction ->
        transaction.update(
                "INSERT INTO uploads VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING",
                upload.model().hex(),
                upload.bytes(),
                Json.text(parts),
                upload.upload(),
                upload.startedAt().toEpochMilli())
            == 1);
  }

  @Override
  public Optional<ModelUpload> find(Digest model) {
    return database.transaction(transaction ->
        transaction.first(
            SqliteUploadStore::upload, "SELECT * FROM uploads WHERE model = ?", model.hex()));
  }

  @Override
  public void remove(ModelUpload upload) {
    database.transaction(transaction ->
        transaction.update(
            "DELETE FROM uploads WHERE model = ? AND upload = ?",
            upload.model().hex(),
            upload.upload()));
  }

  @Override
  public List<ModelUpload> startedBefore(Instant time) {
    return database.transaction(transaction ->
        transaction.query(
            SqliteUploadStore::upload,
            "SELECT * FROM uploads WHERE started_at < ? ORDER BY started_at",
            time.toEpochMilli()));
  }

  private static ModelUpload upload(ResultSet row) throws SQLException {
    List<Digest> parts = new ArrayList<>();
    Json.trusted(row.getString("parts")).forEach(part -> parts.add(new Digest(part.asText())));
    return new ModelUpload(
        new Digest(row.getString("model")),
        row.getLong("bytes"),
        parts,
        row.getString("upload"),
        Instant.ofEpochMilli(row.getLong("started_at")));
  }
}
