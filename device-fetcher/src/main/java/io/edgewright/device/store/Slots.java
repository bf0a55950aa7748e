package io.edgewright.device.store;

import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which bundle runs, which one to go back to, and which ones never to try again. One small file, so
 * that all three change in one step.
 */
public record Slots(Optional<Slot> active, Optional<Slot> lastGood, List<Refused> refused) {
  public static final Slots EMPTY = new Slots(Optional.empty(), Optional.empty(), List.of());

  /** After so many failures of the kind that may pass, a bundle is not fetched again. */
  public static final int MOST_ATTEMPTS = 3;

  private static final int MOST_REFUSED = 20;

  /**
   * An installed bundle.
   *
   * @param bundle the digest of the whole file, and the name of its folder
   * @param manifest the digest of its {@code bundle.json}, by which the rest can be checked again
   * @param confirmed whether it has given a result since it was activated
   */
  public record Slot(
      String bundle, String manifest, String name, boolean confirmed, Instant since) {}

  /** A bundle that was tried and failed, with the code and the words of the last failure. */
  public record Refused(String bundle, String code, String detail, int attempts, Instant at) {
    public boolean isFinal() {
      return attempts >= MOST_ATTEMPTS;
    }
  }

  public Slots {
    refused = List.copyOf(refused);
  }

  /**
   * A new bundle becomes active. One that never gave a result does not become the last good one.
   */
  public Slots activate(Slot next) {
    boolean proven = active.map(Slot::confirmed).orElse(false) || lastGood.isEmpty();
    Optional<Slot> good = proven ? active : lastGood;
    return new Slots(
        Optional.of(next),
        good.filter(slot -> !slot.bundle().equals(next.bundle())),
        without(next.bundle()));
  }

  /** The last good bundle is no longer what it was. */
  public Slots dropLastGood() {
    return new Slots(active, Optional.empty(), refused);
  }

  /** The active bundle has given its first result. */
  public Slots confirm() {
    return new Slots(
        active.map(
            slot -> new Slot(slot.bundle(), slot.manifest(), slot.name(), true, slot.since())),
        lastGood,
        refused);
  }

  /** Back to the last good bundle; to none where there is none. */
  public Slots rollBack() {
    return new Slots(lastGood, Optional.empty(), refused);
  }

  /**
   * Remembers a failure.
   *
   * @param forGood whether trying again can change nothing
   */
  public Slots refuse(String bundle, String code, String detail, boolean forGood, Instant at) {
    int before = refusal(bundle).map(Refused::attempts).orElse(0);
    int attempts = forGood ? MOST_ATTEMPTS : Math.min(before + 1, MOST_ATTEMPTS);
    List<Refused> next = new ArrayList<>(without(bundle));
    next.add(new Refused(bundle, code, detail, attempts, at));
    // The oldest go first: the file stays small however long the device lives.
    int surplus = Math.max(0, next.size() - MOST_REFUSED);
    return new Slots(active, lastGood, next.subList(surplus, next.size()));
  }

  public Optional<Refused> refusal(String bundle) {
    return refused.stream().filter(entry -> entry.bundle().equals(bundle)).findFirst();
  }

  public boolean isActive(String bundle) {
    return active.filter(slot -> slot.bundle().equals(bundle)).isPresent();
  }

  /** The bundles that must stay on the disk. */
  Set<String> kept() {
    Set<String> kept = new TreeSet<>();
    active.ifPresent(slot -> kept.add(slot.bundle()));
    lastGood.ifPresent(slot -> kept.add(slot.bundle()));
    return kept;
  }

  static Slots read(byte[] json) {
    JsonValue root = JsonText.parse(json, "slots.json");
    root.require("format").integer(1, 1);
    return new Slots(
        root.find("active").map(Slots::readSlot),
        root.find("lastGood").map(Slots::readSlot),
        root.require("refused").items().stream().map(Slots::readRefused).toList());
  }

  byte[] json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("format", 1);
    active.ifPresent(slot -> fields.put("active", fields(slot)));
    lastGood.ifPresent(slot -> fields.put("lastGood", fields(slot)));
    fields.put("refused", refused.stream().map(Slots::fields).toList());
    return JsonText.bytes(fields);
  }

  private List<Refused> without(String bundle) {
    return refused.stream().filter(entry -> !entry.bundle().equals(bundle)).toList();
  }

  private static Slot readSlot(JsonValue slot) {
    return new Slot(
        slot.require("bundle").sha256(),
        slot.require("manifest").sha256(),
        slot.require("name").text(),
        slot.require("confirmed").flag(),
        SyncState.time(slot.require("since")));
  }

  private static Map<String, Object> fields(Slot slot) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bundle", slot.bundle());
    fields.put("manifest", slot.manifest());
    fields.put("name", slot.name());
    fields.put("confirmed", slot.confirmed());
    fields.put("since", slot.since().toString());
    return fields;
  }

  private static Refused readRefused(JsonValue refused) {
    return new Refused(
        refused.require("bundle").sha256(),
        refused.require("code").text(),
        refused.require("detail").text(),
        (int) refused.require("attempts").integer(1, MOST_ATTEMPTS),
        SyncState.time(refused.require("at")));
  }

  private static Map<String, Object> fields(Refused refused) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bundle", refused.bundle());
    fields.put("code", refused.code());
    fields.put("detail", refused.detail());
    fields.put("attempts", refused.attempts());
    fields.put("at", refused.at().toString());
    return fields;
  }
}
