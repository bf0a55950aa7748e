package io.edgewright.functions.embedded.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.store.Claim;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DevicePage;
import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.embedded.store.Database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

public final class SqliteDeviceStore implements DeviceStore {
  private final Database database;

  public SqliteDeviceStore(Database database) {
    this.database = database;
  }

  @Override
  public void addClaim(Claim claim) {
    database.transaction(transaction ->
        transaction.update(
            "INSERT INTO claims VALUES (?,?,?,NULL)",
            claim.token().hex(),
            claim.group(),
            claim.expiresAt().toEpochMilli()));
  }

  @Override
  public Enrolment enrol(Digest token, Instant now, Function<String, Device> make) {
    return database.transaction(transaction ->
        transaction
            .first(SqliteDeviceStore::claim, "SELECT * FROM claims WHERE token = ?", token.hex())
            .map(claim -> use(claim, now, make.apply(claim.group())))
            .orElse(ignored -> new Enrolment.Refused(Reason.UNKNOWN))
            .in(transaction));
  }

  private static Database.Work<Enrolment> use(ClaimRow claim, Instant now, Device device) {
    return transaction -> {
      if (device.id().equals(claim.usedBy())) {
        return new Enrolment.Enrolled(find(transaction, device.id()).orElseThrow());
      }
      if (claim.usedBy() != null) {
        return new Enrolment.Refused(Reason.USED);
      }
      if (!now.isBefore(claim.expiresAt())) {
        return new Enrolment.Refused(Reason.EXPIRED);
      }
      transaction.update(
          "UPDATE claims SET used_by = ? WHERE token = ?", device.id(), claim.token());
      transaction.update(
          """
          INSERT INTO devices VALUES (?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET
            group_name = excluded.group_name, target = excluded.target,
            features = excluded.features, name = excluded.name,
            enrolled_at = excluded.enrolled_at\
          """,
          device.id(),
          device.publicKey(),
          device.group(),
          device.target(),
          Json.text(features(device.features())),
          device.name(),
          device.enrolledAt().toEpochMilli());
      return new Enrolment.Enrolled(device);
    };
  }

  @Override
  public Optional<Device> find(String id) {
    return database.transaction(transaction -> find(transaction, id));
  }

  private static Optional<Device> find(Transaction transaction, String id) throws SQLException {
    return transaction.first(SqliteDeviceStore::device, "SELECT * FROM devices WHERE id = ?", id);
  }

  @Override
  public DevicePage newestFirst(int limit, Optional<String> cursor) {
    Cursor after = Cursor.of(cursor);
    List<Device> found =
        database.transaction(transaction ->
            transaction.query(
                SqliteDeviceStore::device,
                """
                SELECT * FROM devices WHERE (enrolled_at, id) < (?, ?)
                ORDER BY enrolled_at DESC, id DESC LIMIT ?\
                """,
                after.millis(),
                after.id(),
                limit + 1));
    if (found.size() <= limit) {
      return new DevicePage(found, Optional.empty());
    }
    Device last = found.get(limit - 1);
    return new DevicePage(
        found.subList(0, limit), Optional.of(Cursor.after(last.enrolledAt(), last.id())));
  }

  @Override
  public void addReport(Report report) {
    database.transaction(transaction ->
        transaction.update(
            "INSERT INTO reports (device, at, body) VALUES (?,?,?)",
            report.device(),
            report.at().toEpochMilli(),
            report.body()));
  }

  @Override
  public List<Report> reports(String device, int limit) {
    return database.transaction(transaction ->
        transaction.query(
            row ->
                new Report(
                    row.getString("device"),
                    Instant.ofEpochMilli(row.getLong("at")),
                    row.getString("body")),
            "SELECT * FROM reports WHERE device = ? ORDER BY number DESC LIMIT ?",
            device,
            limit));
  }

  private record ClaimRow(String token, String group, Instant expiresAt, @Nullable String usedBy) {}

  private static ClaimRow claim(ResultSet row) throws SQLException {
    return new ClaimRow(
        row.getString("token"),
        row.getString("group_name"),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getString("used_by"));
  }

  private static Device device(ResultSet row) throws SQLException {
    List<String> features = new ArrayList<>();
    Json.trusted(row.getString("features")).forEach(feature -> features.add(feature.asText()));
    return new Device(
        row.getString("id"),
        row.getString("public_key"),
        row.getString("group_name"),
        row.getString("target"),
        features,
        row.getString("name"),
        Instant.ofEpochMilli(row.getLong("enrolled_at")));
  }

  private static ArrayNode features(List<String> features) {
    ArrayNode nodes = Json.array();
    features.forEach(nodes::add);
    return nodes;
  }
}
