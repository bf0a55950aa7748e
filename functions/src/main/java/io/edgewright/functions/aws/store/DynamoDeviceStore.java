package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.store.Claim;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.store.DeviceStore;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.PageCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// An item a claim, a device, a key and a report. Reads by id and by key see what was last written,
/// so that a revocation bites at once.
public final class DynamoDeviceStore implements DeviceStore {
  private final Tables tables;
  private final Table claims;
  private final Table devices;
  private final Table keys;
  private final Table reports;

  public DynamoDeviceStore(Tables tables) {
    this.tables = tables;
    this.claims = tables.table("claims");
    this.devices = tables.table("devices");
    this.keys = tables.table("keys");
    this.reports = tables.table("reports");
  }

  @Override
  public void addClaim(Claim claim) {
    claims.put(DeviceItems.claim(claim));
  }

  @Override
  public Enrolment enrol(Digest token, Instant now, Function<String, Device> make) {
    while (true) {
      Optional<Item> claim = claims.get(DeviceItems.key(token.hex()));
      if (claim.isEmpty()) {
        return new Enrolment.Refused(Reason.UNKNOWN);
      }
      Device wanted = make.apply(claim.get().textOf("group"));
      Optional<Device> known = findByKey(wanted.key().id());
      if (known.filter(owner -> !signsWith(owner, wanted.key().id())).isPresent()) {
        return new Enrolment.Refused(Reason.KEY_WITHDRAWN);
      }
      String id = known.map(Device::id).orElse(wanted.id());
      Optional<String> usedBy = claim.get().maybe("usedBy");
      if (usedBy.filter(id::equals).isPresent()) {
        return new Enrolment.Enrolled(find(id).orElseThrow());
      }
      if (usedBy.isPresent()) {
        return new Enrolment.Refused(Reason.USED);
      }
      if (!now.isBefore(claim.get().instantOf("expiresAt"))) {
        return new Enrolment.Refused(Reason.EXPIRED);
      }
      if (use(token, withId(wanted, id), known.isPresent())) {
        return new Enrolment.Enrolled(find(id).orElseThrow());
      }
    }
  }

  private static Device withId(Device device, String id) {
    return new Device(
        id,
        device.key(),
        device.group(),
        device.target(),
        device.features(),
        device.name(),
        device.enrolledAt(),
        device.revokedAt());
  }

  /// @return false when the claim, the device or the key changed meanwhile
  private boolean use(Digest token, Device device, boolean isKnown) {
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(
        claims.updating(
            DeviceItems.key(token.hex()),
            Term.of("SET #usedBy = :device").with("device", device.id()),
            Term.of("attribute_exists(#id) AND attribute_not_exists(#usedBy)")));
    if (isKnown) {
      writes.add(
          devices.updating(
              DeviceItems.key(device.id()),
              DeviceItems.changing(device),
              DeviceItems.signingWith(device.key().id())));
    } else {
      writes.add(devices.putting(DeviceItems.item(device), Term.ABSENT));
      writes.add(takingKey(device.id(), device.key(), device.enrolledAt()));
    }
    return Transaction.write(tables.client(), writes).isEmpty();
  }

  private TransactWriteItem takingKey(String device, Device.Key key, Instant at) {
    return keys.putting(
        DeviceItems.key(key.id()).with("device", device).with("since", at), Term.ABSENT);
  }

  private static boolean signsWith(Device device, String keyId) {
    return device.key().id().equals(keyId) && device.revokedAt().isEmpty();
  }

  @Override
  public Optional<Device> find(String id) {
    return devices.get(DeviceItems.key(id)).map(DeviceItems::device);
  }

  @Override
  public Optional<Device> findByKey(String keyId) {
    return keys.get(DeviceItems.key(keyId)).flatMap(key -> find(key.textOf("device")));
  }

  @Override
  public Rotation rotate(String device, String fromKey, Device.Key to, Instant at) {
    while (true) {
      if (find(device).filter(found -> signsWith(found, fromKey)).isEmpty()) {
        return Rotation.SUPERSEDED;
      }
      if (findByKey(to.id()).isPresent()) {
        return Rotation.KEY_TAKEN;
      }
      TransactWriteItem change =
          devices.updating(
              DeviceItems.key(device),
              Term.of("SET #keyId = :next, #jwk = :jwk")
                  .with("next", to.id())
                  .with("jwk", to.jwk()),
              DeviceItems.signingWith(fromKey));
      var writes = List.of(change, takingKey(device, to, at));
      if (Transaction.write(tables.client(), writes).isEmpty()) {
        return Rotation.ROTATED;
      }
    }
  }

  @Override
  public boolean revoke(String id, Instant at) {
    Term change = Term.of("SET #revokedAt = if_not_exists(#revokedAt, :at)").with("at", at);
    return devices.update(DeviceItems.key(id), change, Term.PRESENT).isWritten();
  }

  @Override
  public Page<Device> newestFirst(Optional<String> group, int limit, Optional<String> cursor) {
    String list = group.isPresent() ? "#group = :list" : "#list = :list";
    Term keys =
        cursor
            .map(text -> PageCursor.keys(text, 2))
            .map(after ->
                Term.of(list + " AND #age < :age")
                    .with(
                        "age",
                        Ages.oldestFirst(
                            Instant.ofEpochMilli(Long.parseLong(after.getFirst())),
                            after.getLast())))
            .orElse(Term.of(list))
            .with("list", group.orElse(DeviceItems.ALL));
    Search search = devices.search(keys).in(group.isPresent() ? "group" : "newest").backward();
    return PageCursor.page(
        search.first(limit + 1).map(DeviceItems::device).toList(),
        limit,
        last -> PageCursor.of(last.enrolledAt().toEpochMilli(), last.id()));
  }

  @Override
  public void addReport(Report report) {
    reports.put(
        Item.of("device", report.device())
            .with("at", Ages.oldestFirst(report.at(), UUID.randomUUID().toString()))
            .with("time", report.at())
            .with("body", report.body()));
  }

  @Override
  public List<Report> reports(String device, int limit) {
    return reports
        .search(Term.of("#device = :device").with("device", device))
        .backward()
        .first(limit)
        .map(item -> new Report(item.textOf("device"), item.instantOf("time"), item.textOf("body")))
        .toList();
  }
}
