package io.edgewright.compiler.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.tensor.Dimension;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// JSON -> [Manifest], or everything that is wrong with it. Written out rather than validated by
/// the schema, because messages of a generic validator name rules instead of next steps and because
/// it takes most of a second to start.
public final class ManifestReader {
  public static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_TARGETS = 50;
  private static final int MOST_TENSORS = 64;
  private static final int DEEPEST = 32;
  private static final int LONGEST_NUMBER = 400;
  private static final Range LATENCY = Range.above(0, 3_600_000);
  private static final Range MEMORY = Range.of(1, 1L << 40);

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final TargetCatalog targets = TargetCatalog.standard();
  private final Findings findings = new Findings();

  private ManifestReader() {}

  /// @throws CompileException with all problems
  public static Manifest read(byte[] json) {
    return new ManifestReader().manifest(parse(json));
  }

  private static JsonNode parse(byte[] json) {
    if (json.length > MOST_BYTES) {
      throw new CompileException(
          ErrorCode.MANIFEST_TOO_LARGE,
          Location.manifest(""),
          json.length + " bytes",
          "at most " + MOST_BYTES + " bytes",
          "shorten `labels` or `anchors`");
    }
    try {
      // Strict decoding: Jackson alone would also take UTF-16 and UTF-32.
      CharSequence text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
      JsonNode root = JSON.readTree(text.toString());
      if (root.isMissingNode()) {
        throw unreadable("nothing");
      }
      return root;
    } catch (CharacterCodingException _) {
      throw unreadable("bytes that are not UTF-8");
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String place =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw unreadable(e.getOriginalMessage() + place);
    }
  }

  private static CompileException unreadable(String seen) {
    return new CompileException(
        ErrorCode.MANIFEST_UNREADABLE,
        Location.manifest(""),
        seen,
        "one JSON object in UTF-8, every field once, at most " + DEEPEST + " deep",
        "correct the JSON at that place");
  }

  private Manifest manifest(JsonNode root) {
    Optional<Manifest> manifest = new Place(root, "", findings).fields().map(this::manifest);
    findings.throwIfAny();
    return manifest.orElseThrow();
  }

  private Manifest manifest(Fields fields) {
    Optional<String> name = fields.required("name").flatMap(place -> place.text(TextRule.NAME));
    Precision precision =
        fields.optional("precision").flatMap(this::precision).orElse(Precision.FP32);
    Manifest manifest =
        new Manifest(
            name.orElse("unnamed"),
            fields
                .optional("targets")
                .map(place -> targets(place, precision))
                .orElseGet(() -> List.of(new TargetChoice(Manifest.HOST, precision))),
            fields.optional("dims").flatMap(Place::fields).map(this::dims).orElse(Map.of()),
            fields.optional("inputs").flatMap(Place::fields).map(this::inputs).orElse(Map.of()),
            fields
                .optional("outputs")
                .flatMap(OutputReader::read)
                .orElseGet(OutputDescription.Tensors::new),
            fields.optional("budget").flatMap(Place::fields).map(this::budget).orElse(Budget.NONE),
            fields
                .optional("run")
                .flatMap(Place::fields)
                .map(RunReader::read)
                .orElse(RunPlan.DEFAULT));
    fields.end();
    return manifest;
  }

  private List<TargetChoice> targets(Place list, Precision precision) {
    List<TargetChoice> choices = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Place item : list.items(1, MOST_TARGETS)) {
      target(item, precision)
          .ifPresent(target -> {
            choices.add(target);
            if (!seen.add(target.device())) {
              item.invalid("each device once", "remove one of the two");
            }
          });
    }
    return choices;
  }

  private Optional<TargetChoice> target(Place place, Precision precision) {
    if (place.node().isTextual()) {
      return device(place).map(device -> new TargetChoice(device, precision));
    }
    return place
        .fields()
        .flatMap(fields -> {
          Optional<String> device = fields.required("device").flatMap(this::device);
          Precision own = fields.optional("precision").flatMap(this::precision).orElse(precision);
          fields.end();
          return device.map(id -> new TargetChoice(id, own));
        });
  }

  private Optional<String> device(Place place) {
    return place
        .text(TextRule.NAME)
        .flatMap(id -> {
          Optional<Problem> problem = targets.unknown(id, Location.manifest(place.pointer()));
          problem.ifPresent(findings::add);
          return problem.isPresent() ? Optional.empty() : Optional.of(id);
        });
  }

  private Optional<Precision> precision(Place place) {
    List<String> words = Spelling.all(Precision.values());
    if (place.node().isTextual() && !words.contains(place.node().textValue())) {
      findings.add(
          ErrorCode.PRECISION_UNSUPPORTED,
          place.pointer(),
          place.shown(),
          Spelling.list(words),
          "leave `precision` out; a model that is quantised in its own file is taken as it is");
      return Optional.empty();
    }
    return place.choice(Precision.class);
  }

  private Map<String, Dimension> dims(Fields fields) {
    Map<String, Dimension> dims = new TreeMap<>();
    for (var entry : fields.entries(MOST_TENSORS)) {
      dim(entry.name(), entry.value()).ifPresent(dim -> dims.put(entry.name(), dim));
    }
    return dims;
  }

  /// A number, or `{"maximum": number}`.
  private Optional<Dimension> dim(String name, Place place) {
    if (!place.node().isObject()) {
      return place.integer(Range.COUNT).map(Dimension::of);
    }
    return place
        .fields()
        .flatMap(fields -> {
          Optional<Integer> most =
              fields.required("maximum").flatMap(value -> value.integer(Range.COUNT));
          fields.end();
          return most.map(maximum -> Dimension.range(name, maximum));
        });
  }

  private Map<String, InputDescription> inputs(Fields fields) {
    Map<String, InputDescription> inputs = new TreeMap<>();
    for (var entry : fields.entries(MOST_TENSORS)) {
      InputReader.read(entry.value()).ifPresent(input -> inputs.put(entry.name(), input));
    }
    return inputs;
  }

  private Budget budget(Fields fields) {
    Budget budget =
        new Budget(
            fields.optional("latencyMillis").flatMap(place -> place.number(LATENCY)),
            fields
                .optional("memoryBytes")
                .flatMap(place -> place.whole(MEMORY))
                .map(Double::longValue));
    fields.end();
    return budget;
  }
}
