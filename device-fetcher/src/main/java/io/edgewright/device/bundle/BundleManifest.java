package io.edgewright.device.bundle;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.json.JsonException;
import io.edgewright.device.json.JsonText;
import io.edgewright.device.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What {@code bundle.json} says. Fields that only the compiler's reader needs are passed over, so
 * that a later format 1 with more of them still installs.
 *
 * @param target the id of the device type that it was compiled for
 * @param features processor features it needs, in the words of /proc/cpuinfo
 * @param entries every other file of the bundle, by path
 * @param memory what its program sets aside when it starts
 * @param run how it wants to be run
 */
public record BundleManifest(
    String name,
    String target,
    List<String> features,
    Map<String, Entry> entries,
    List<Input> inputs,
    MemoryNeed memory,
    RunSettings run) {
  static final String PATHS =
      "a relative path of letters, digits, `.`, `_`, `-` and at most two `/`";
  private static final String PATH_PATTERN =
      "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){0,2}";

  /** One file of the bundle. */
  public record Entry(String path, long bytes, String sha256, boolean executable) {}

  /**
   * One input, in the order of a frame.
   *
   * @param kind {@code image} or {@code tensor}
   * @param type the element type, such as {@code float32}
   * @param shape one number an axis, empty where it is known only when a frame comes
   * @param color {@code rgb}, {@code bgr} or {@code gray}; empty for tensors
   */
  public record Input(
      String name, String kind, String type, List<OptionalLong> shape, String color) {}

  /** Reads the file; a fault in it is the fault of whoever made the bundle. */
  public static BundleManifest read(byte[] json) {
    try {
      JsonValue root = JsonText.parse(json, "bundle.json");
      root.require("format").integer(1, 1);
      JsonValue target = root.require("target");
      return new BundleManifest(
          root.require("name").text(),
          target.require("id").text(),
          target.require("features").texts(),
          readEntries(root.require("entries")),
          root.require("inputs").items().stream().map(BundleManifest::readInput).toList(),
          MemoryNeed.read(root),
          root.find("run").map(RunSettings::read).orElse(RunSettings.NONE));
    } catch (JsonException exception) {
      throw exception.as(DeviceErrorCode.BUNDLE_MALFORMED, BundleCheck.KEEPS);
    }
  }

  static void checkPath(String path, Function<String, DeviceException> complaint) {
    if (!path.matches(PATH_PATTERN)) {
      throw complaint.apply("`" + path.replaceAll("[^ -~]", "?") + "`");
    }
  }

  private static Map<String, Entry> readEntries(JsonValue list) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (JsonValue item : list.items()) {
      JsonValue path = item.require("path");
      if (!path.text().matches(PATH_PATTERN) || path.text().equals(BundleCheck.MANIFEST)) {
        throw path.wrong(PATHS);
      }
      Entry entry =
          new Entry(
              path.text(),
              item.require("bytes").integer(0, Integer.MAX_VALUE),
              item.require("sha256").sha256(),
              item.find("executable").map(JsonValue::flag).orElse(false));
      if (entries.put(entry.path(), entry) != null) {
        throw path.wrong("each path once");
      }
    }
    Entry model = entries.get("model");
    if (model == null || !model.executable()) {
      throw new JsonException(
          list.where(), "no executable `model`", "the program that runs frames");
    }
    return Map.copyOf(entries);
  }

  private static Input readInput(JsonValue input) {
    List<OptionalLong> shape = new ArrayList<>();
    for (JsonValue axis : input.require("shape").items()) {
      shape.add(
          axis.isNull()
              ? OptionalLong.empty()
              : OptionalLong.of(axis.integer(0, Integer.MAX_VALUE)));
    }
    return new Input(
        input.require("name").text(),
        input.require("kind").text(),
        input.require("type").text(),
        List.copyOf(shape),
        input.find("color").map(JsonValue::text).orElse(""));
  }
}
