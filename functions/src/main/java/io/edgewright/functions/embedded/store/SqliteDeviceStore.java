package io.edgewright.functions.embedded.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.Claim;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.PageCursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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

  private static Database.Work<Enrolment> use(ClaimRow claim, Instant now, Device wanted) {
    return transaction -> {
      Optional<Device> known = DeviceRows.ofKey(transaction, wanted.key().id());
      if (known.filter(owner -> !signsWith(owner, wanted.key().id())).isPresent()) {
        return new Enrolment.Refused(Reason.KEY_WITHDRAWN);
      }
      String id = known.map(Device::id).orElse(wanted.id());
      if (id.equals(claim.usedBy())) {
        return new Enrolment.Enrolled(DeviceRows.find(transaction, id).orElseThrow());
      }
      if (claim.usedBy() != null) {
        return new Enrolment.Refused(Reason.USED);
      }
      if (!now.isBefore(claim.expiresAt())) {
        return new Enrolment.Refused(Reason.EXPIRED);
      }
      transaction.update("UPDATE claims SET used_by = ? WHERE token = ?", id, claim.token());
      DeviceRows.write(transaction, id, wanted);
      return new Enrolment.Enrolled(DeviceRows.find(transaction, id).orElseThrow());
    };
  }

  private static boolean signsWith(Device device, String keyId) {
    return device.key().id().equals(keyId) && device.revokedAt().isEmpty();
  }

  @Override
  public Optional<Device> find(String id) {
    return database.transaction(transaction -> DeviceRows.find(transaction, id));
  }

  @Override
  public Optional<Device> findByKey(String keyId) {
    return database.transaction(transaction -> DeviceRows.ofKey(transaction, keyId));
  }

  @Override
  public Rotation rotate(String device, String fromKey, Device.Key to, Instant at) {
    return database.transaction(transaction -> {
      Optional<Device> current = DeviceRows.find(transaction, device);
      if (current.filter(found -> signsWith(found, fromKey)).isEmpty()) {
        return Rotation.SUPERSEDED;
      }
      if (DeviceRows.ofKey(transaction, to.id()).isPresent()) {
        return Rotation.KEY_TAKEN;
      }
      transaction.update(
          "INSERT INTO device_keys VALUES (?,?,?,?)", to.id(), device, to.jwk(), at.toEpochMilli());
      transaction.update("UPDATE devices SET key_id = ? WHERE id = ?", to.id(), device);
      return Rotation.ROTATED;
    });
  }

  @Override
  public boolean revoke(String id, Instant at) {
    return database.transaction(transaction ->
        transaction.update(
                "UPDATE devices SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ?",
                at.toEpochMilli(),
                id)
            == 1);
  }

  @Override
  public Page<Device> newestFirst(Optional<String> group, int limit, Optional<String> cursor) {
    List<String> after =
        cursor
            .map(text -> PageCursor.keys(text, 2))
            .orElse(List.of(Long.toString(Long.MAX_VALUE), ""));
    String sql =
        """
        %s WHERE (enrolled_at, devices.id) < (?, ?)%s
        ORDER BY enrolled_at DESC, devices.id DESC LIMIT ?\
        """;
    long enrolledAt = Long.parseLong(after.getFirst());
    List<Device> devices =
        database.transaction(transaction ->
            group.isEmpty()
                ? transaction.query(
                    DeviceRows::device,
                    sql.formatted(DeviceRows.SELECT, ""),
                    enrolledAt,
                    after.getLast(),
                    limit + 1)
                : transaction.query(
                    DeviceRows::device,
                    sql.formatted(DeviceRows.SELECT, " AND group_name = ?"),
                    enrolledAt,
                    after.getLast(),
                    group.get(),
                    limit + 1));
    return PageCursor.page(
        devices, limit, device -> PageCursor.of(device.enrolledAt().toEpochMilli(), device.id()));
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
}
