package io.edgewright.functions.embedded.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.embedded.store.Database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows of the tables `devices` and `device_keys` as records. A key that is in the second table and
/// not in the first was replaced.
final class DeviceRows {
  static final String SELECT =
      "SELECT devices.*, public_key FROM devices JOIN device_keys ON device_keys.id = key_id";

  private DeviceRows() {}

  static Optional<Device> find(Transaction transaction, String id) throws SQLException {
    return transaction.first(DeviceRows::device, SELECT + " WHERE devices.id = ?", id);
  }

  /// The device that has or had the key.
  static Optional<Device> ofKey(Transaction transaction, String keyId) throws SQLException {
    return transaction.first(
        DeviceRows::device,
        SELECT + " WHERE devices.id = (SELECT device FROM device_keys WHERE id = ?)",
        keyId);
  }

  /// Records the device under this id, or what changed about it.
  static void write(Transaction transaction, String id, Device device) throws SQLException {
    transaction.update(
        """
        INSERT INTO devices VALUES (?,?,?,?,?,?,?,NULL) ON CONFLICT (id) DO UPDATE SET
          group_name = excluded.group_name, target = excluded.target,
          features = excluded.features, name = excluded.name,
          enrolled_at = excluded.enrolled_at\
        """,
        id,
        device.key().id(),
        device.group(),
        device.target(),
        Json.text(features(device.features())),
        device.name(),
        device.enrolledAt().toEpochMilli());
    transaction.update(
        "INSERT INTO device_keys VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
        device.key().id(),
        id,
        device.key().jwk(),
        device.enrolledAt().toEpochMilli());
  }

  static Device device(ResultSet row) throws SQLException {
    List<String> features = new ArrayList<>();
    Json.trusted(row.getString("features")).forEach(feature -> features.add(feature.asText()));
    return new Device(
        row.getString("id"),
        new Device.Key(row.getString("key_id"), row.getString("public_key")),
        row.getString("group_name"),
        row.getString("target"),
        features,
        row.getString("name"),
        Instant.ofEpochMilli(row.getLong("enrolled_at")),
        Optional.ofNullable(instant(row, "revoked_at")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static ArrayNode features(List<String> features) {
    ArrayNode nodes = Json.array();
    features.forEach(nodes::add);
    return nodes;
  }
}
