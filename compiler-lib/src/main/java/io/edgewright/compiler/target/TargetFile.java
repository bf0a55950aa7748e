package io.edgewright.compiler.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewright.compiler.target.Target.EmulatedBoard;
import io.edgewright.compiler.target.Target.MemoryRegion;
import io.edgewright.compiler.target.Target.Microcontroller;
import io.edgewright.compiler.target.Target.PriceBand;
import io.edgewright.compiler.target.Target.Throughput;
import io.edgewright.compiler.target.Target.Tier;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One file of `targets/`: a device, or a list of devices to choose from.
sealed interface TargetFile {
  String id();

  /// A device.
  record Description(Target target) implements TargetFile {
    @Override
    public String id() {
      return target.id();
    }
  }

  /// The first of the candidates whose programs this machine can run.
  record Choice(String id, String title, List<String> candidates) implements TargetFile {
    public Choice {
      candidates = List.copyOf(candidates);
    }
  }

  /// @throws IllegalArgumentException when a field is missing, unknown or of the wrong type, or a
  ///   figure makes no sense; names the file
  static TargetFile read(String fileName, byte[] json) {
    Fields fields = new Fields(fileName, json);
    TargetFile file = fields.has("resolves") ? choice(fields) : description(fields);
    fields.requireAllRead();
    if (!fileName.equals(file.id() + ".json")) {
      throw fields.wrong("id", "must be the file's name");
    }
    return file;
  }

  private static TargetFile choice(Fields fields) {
    return new Choice(fields.text("id"), fields.text("title"), fields.texts("resolves"));
  }

  private static TargetFile description(Fields fields) {
    Target target =
        new Target(
            fields.text("id"),
            fields.text("title"),
            fields.tier("tier"),
            fields.text("triple"),
            fields.text("cpu"),
            fields.has("emulatedCpu") ? Optional.of(fields.text("emulatedCpu")) : Optional.empty(),
            fields.texts("features"),
            (int) fields.whole("vectorBits"),
            (int) fields.whole("vectorRegisters"),
            fields.truth("fusedMultiplyAdd"),
            fields.whole("l1DataBytes"),
            fields.whole("l2Bytes"),
            (int) fields.whole("cores"),
            fields.whole("memoryBytes"),
            (int) fields.whole("clockMegahertz"),
            fields.throughput("throughput"),
            fields.number("watts"),
            fields.priceBand("priceBand"),
            fields.texts("compilerFlags"),
            fields.microcontroller("microcontroller"),
            fields.textMap("sources"));
    TargetChecks.verify(target, fields.names());
    return new Description(target);
  }

  /// The fields of one JSON object; remembers which were read, to complain of the rest.
  final class Fields {
    private final String fileName;
    private final JsonNode object;
    private final Set<String> unread = new TreeSet<>();

    Fields(String fileName, byte[] json) {
      this.fileName = fileName;
      try {
        object = new ObjectMapper().readTree(json);
      } catch (IOException malformed) {
        throw new IllegalArgumentException(fileName + ": is not JSON", malformed);
      }
      object.fieldNames().forEachRemaining(unread::add);
    }

    boolean has(String name) {
      return object.has(name);
    }

    Set<String> names() {
      Set<String> names = new TreeSet<>();
      object.fieldNames().forEachRemaining(names::add);
      return names;
    }

    IllegalArgumentException wrong(String name, String rule) {
      return new IllegalArgumentException(fileName + ": `" + name + "` " + rule);
    }

    void requireAllRead() {
      if (!unread.isEmpty()) {
        throw wrong(unread.iterator().next(), "is not a field of a target");
      }
    }

    String text(String name) {
      return textOf(name, get(name));
    }

    List<String> texts(String name) {
      return get(name).valueStream().map(element -> textOf(name, element)).toList();
    }

    Map<String, String> textMap(String name) {
      Map<String, String> map = new TreeMap<>();
      get(name).propertyStream().forEach(p -> map.put(p.getKey(), textOf(name, p.getValue())));
      return map;
    }

    long whole(String name) {
      return wholeOf(name, get(name));
    }

    double number(String name) {
      return numberOf(name, get(name));
    }

    boolean truth(String name) {
      JsonNode node = get(name);
      if (!node.isBoolean()) {
        throw wrong(name, "must be true or false");
      }
      return node.booleanValue();
    }

    Tier tier(String name) {
      String text = text(name);
      for (Tier tier : Tier.values()) {
        if (tier.name().toLowerCase(Locale.ROOT).equals(text)) {
          return tier;
        }
      }
      throw wrong(name, "must be tested, builds or planned");
    }

    /// A file may leave it out; what is assumed then is on the low side.
    Throughput throughput(String name) {
      if (!object.has(name)) {
        return Throughput.assumed((int) whole("clockMegahertz"));
      }
      JsonNode node = get(name);
      return new Throughput(
          numberOf(name, node.path("vectorOperationsPerCycle")),
          wholeOf(name, node.path("memoryBytesPerSecond")));
    }

    PriceBand priceBand(String name) {
      JsonNode node = get(name);
      return new PriceBand(
          (int) wholeOf(name, node.path("fromDollars")),
          (int) wholeOf(name, node.path("toDollars")));
    }

    Optional<Microcontroller> microcontroller(String name) {
      if (!object.has(name)) {
        return Optional.empty();
      }
      JsonNode node = get(name);
      JsonNode emulator = node.path("emulator");
      EmulatedBoard board =
          new EmulatedBoard(
              textOf(name, emulator.path("machine")),
              region(name, emulator.path("code")),
              region(name, emulator.path("data")));
      return Optional.of(new Microcontroller(wholeOf(name, node.path("flashBytes")), board));
    }

    /// Addresses are text, because people know them in hexadecimal.
    private MemoryRegion region(String name, JsonNode node) {
      return new MemoryRegion(
          Long.decode(textOf(name, node.path("start"))), wholeOf(name, node.path("bytes")));
    }

    private JsonNode get(String name) {
      unread.remove(name);
      return object.path(name);
    }

    private String textOf(String name, JsonNode node) {
      if (!node.isTextual() || node.textValue().isBlank()) {
        throw wrong(name, "must be text");
      }
      return node.textValue();
    }

    private double numberOf(String name, JsonNode node) {
      if (!node.isNumber()) {
        throw wrong(name, "must be a number");
      }
      return node.doubleValue();
    }

    private long wholeOf(String name, JsonNode node) {
      if (!node.isIntegralNumber() || !node.canConvertToLong()) {
        throw wrong(name, "must be a whole number");
      }
      return node.longValue();
    }
  }
}
