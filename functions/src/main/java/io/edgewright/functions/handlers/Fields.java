package io.edgewright.functions.handlers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.ServiceProblem;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The fields of a JSON body. Every getter notes what is wrong and goes on with something harmless;
/// [#end] then throws all of it at once.
final class Fields {
  private final String where;
  private final ObjectNode body;
  private final Set<String> known = new HashSet<>();
  private final List<ServiceProblem> problems;

  /// @param where the pointer to the object; empty for the whole body
  private Fields(String where, ObjectNode body, List<ServiceProblem> problems) {
    this.where = where;
    this.body = body;
    this.problems = problems;
  }

  /// @throws ServiceException when the body is not a JSON object
  static Fields of(Request request) {
    if (!request.mediaType().equals("application/json")) {
      throw wrongMediaType(request, "`application/json`");
    }
    try {
      if (Json.parse(request.body()) instanceof ObjectNode object) {
        return new Fields("", object, new ArrayList<>());
      }
      throw unreadable("something else than a JSON object");
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String place = at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr();
      throw unreadable(e.getOriginalMessage() + place);
    }
  }

  static ServiceException wrongMediaType(Request request, String allowed) {
    return new ServiceException(
        ServiceErrorCode.MEDIA_TYPE_WRONG,
        "the header `Content-Type`",
        request.mediaType().isEmpty() ? "no such header" : "`" + request.mediaType() + "`",
        allowed,
        "send the body in one of these types and say so in the header");
  }

  private static ServiceException unreadable(String seen) {
    return new ServiceException(
        ServiceErrorCode.BODY_UNREADABLE,
        "the body",
        seen,
        "one JSON object in UTF-8, no name twice",
        "correct the body at that place");
  }

  /// All that was sent.
  ObjectNode body() {
    return body;
  }

  String text(String name, Pattern pattern, String allowed) {
    JsonNode field = field(name);
    if (field.isTextual() && pattern.matcher(field.asText()).matches()) {
      return field.asText();
    }
    wrong(name, field, allowed);
    return "";
  }

  /// A text that is only measured.
  String text(String name, int longest) {
    JsonNode field = field(name);
    if (field.isTextual() && field.asText().length() <= longest) {
      return field.asText();
    }
    wrong(name, field, "a text of at most " + longest + " letters");
    return "";
  }

  Digest digest(String name) {
    JsonNode field = field(name);
    Optional<Digest> digest = Digest.parse(field.asText());
    if (digest.isEmpty()) {
      wrong(name, field, "`sha256:` and 64 hex digits in lower case");
    }
    return digest.orElse(Digest.of(new byte[0]));
  }

  List<Digest> digests(String name, int most) {
    JsonNode field = field(name);
    List<Digest> digests = new ArrayList<>();
    field.forEach(digest -> Digest.parse(digest.asText()).ifPresent(digests::add));
    if (field.isArray() && digests.size() == field.size() && digests.size() <= most) {
      return digests;
    }
    wrong(name, field, "a list of at most " + most + " digests, each like that of `model`");
    return List.of();
  }

  long positive(String name) {
    return above(name, 0);
  }

  /// A whole number above another one.
  long above(String name, long least) {
    JsonNode field = field(name);
    if (field.isIntegralNumber() && field.canConvertToLong() && field.asLong() > least) {
      return field.asLong();
    }
    wrong(name, field, "a whole number above " + least);
    return least + 1;
  }

  /// A number from 0 on.
  double measure(String name) {
    JsonNode field = field(name);
    if (field.isNumber() && field.asDouble() >= 0 && Double.isFinite(field.asDouble())) {
      return field.asDouble();
    }
    wrong(name, field, "a number from 0 on");
    return 0;
  }

  Instant time(String name) {
    JsonNode field = field(name);
    try {
      return Instant.parse(field.asText());
    } catch (DateTimeParseException _) {
      wrong(name, field, "a UTC time like `2030-01-31T12:00:00Z`");
      return Instant.EPOCH;
    }
  }

  /// The fields of an object inside this one; what is wrong with them counts here.
  Fields within(String name) {
    return new Fields(where + "/" + name, object(name), problems);
  }

  /// The objects of a list; what is wrong with them counts here.
  List<Fields> objects(String name, int most) {
    JsonNode list = field(name);
    List<Fields> objects = new ArrayList<>();
    if (!list.isArray() || list.size() > most) {
      wrong(name, list, "a list of at most " + most + " objects");
      return objects;
    }
    for (int i = 0; i < list.size(); i++) {
      String place = where + "/" + name + "/" + i;
      if (list.get(i) instanceof ObjectNode object) {
        objects.add(new Fields(place, object, problems));
      } else {
        add(place, "`" + shortened(list.get(i).toString()) + "`", "an object", "correct it");
      }
    }
    return objects;
  }

  /// An object as text.
  String content(String name, int longest) {
    String text = Json.text(object(name));
    if (text.length() > longest) {
      add(
          where + "/" + name,
          text.length() + " letters",
          "at most " + longest,
          "send fewer outputs of a frame");
    }
    return text;
  }

  ObjectNode object(String name) {
    if (field(name) instanceof ObjectNode object) {
      return object;
    }
    wrong(name, field(name), "an object");
    return Json.object();
  }

  boolean has(String name) {
    return !field(name).isMissingNode();
  }

  /// A whole number of this range; the lower end where it is wrong.
  int whole(String name, int from, int to) {
    JsonNode field = field(name);
    if (field.isIntegralNumber()
        && field.canConvertToInt()
        && field.asInt() >= from
        && field.asInt() <= to) {
      return field.asInt();
    }
    wrong(name, field, "a whole number from " + from + " to " + to);
    return from;
  }

  /// Whole numbers above 0 that rise to the last one.
  List<Integer> rising(String name, int most, int last) {
    JsonNode field = field(name);
    List<Integer> numbers = new ArrayList<>();
    int before = 0;
    for (JsonNode number : field) {
      if (number.isIntegralNumber() && number.canConvertToInt() && number.asInt() > before) {
        before = number.asInt();
        numbers.add(before);
      }
    }
    if (field.isArray()
        && numbers.size() == field.size()
        && before == last
        && numbers.size() <= most) {
      return numbers;
    }
    wrong(name, field, "at most " + most + " whole numbers that rise and end with " + last);
    return List.of(last);
  }

  /// A list of short words; a missing one is empty.
  List<String> words(String name, int most, int longest) {
    JsonNode field = field(name);
    List<String> words = new ArrayList<>();
    field.forEach(word -> words.add(word.isTextual() ? word.asText() : "?".repeat(longest + 1)));
    boolean fits =
        (field.isMissingNode() || field.isArray())
            && words.size() <= most
            && words.stream().allMatch(word -> word.length() <= longest);
    if (!fits) {
      wrong(
          name, field, "a list of at most " + most + " words, each up to " + longest + " letters");
    }
    return fits ? words : List.of();
  }

  private JsonNode field(String name) {
    known.add(name);
    return body.path(name);
  }

  private void wrong(String name, JsonNode seen, String allowed) {
    String text = seen.isMissingNode() ? "no such field" : "`" + shortened(seen.toString()) + "`";
    add(where + "/" + name, text, allowed, "correct this field");
  }

  /// More problems than this would help nobody.
  private static final int MOST_PROBLEMS = 100;

  private void add(String place, String seen, String allowed, String hint) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(ServiceProblem.of(ServiceErrorCode.FIELD_INVALID, place, seen, allowed, hint));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }

  /// @throws ServiceException with every field that was wrong, missing or unknown
  void end() {
    noOthers();
    endOpen();
  }

  /// Notes every field that was not asked for.
  void noOthers() {
    body.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            add(
                where + "/" + shortened(name),
                "an unknown field",
                "the fields " + known.stream().sorted().toList(),
                "remove it, or correct its spelling");
          }
        });
  }

  /// Like [#end], where fields that are not known here are welcome.
  void endOpen() {
    if (!problems.isEmpty()) {
      throw new ServiceException(problems);
    }
  }

  /// The name of a product, as manifests have it.
  static final Pattern PRODUCT = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");

  static final String PRODUCT_ALLOWED = "the `name` of a manifest";

  /// A name of a group, in a body or in an address.
  static final Pattern GROUP = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  static final String GROUP_ALLOWED =
      "1 to 63 lower case letters, digits and `-`, with no `-` at either end";
}
