package io.edgewright.functions.core.signature;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.signature.StructuredField.Item;
import io.edgewright.functions.core.signature.StructuredField.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a request says about its signature, read and checked for form but not yet believed.
///
/// @param parameters the text that the signature base ends with
record RequestSignature(
    List<String> components,
    String parameters,
    String keyId,
    String nonce,
    Instant created,
    Item.Bytes signature) {
  /// Of the signature with the device's key.
  static final String LABEL = "edgewright";

  /// Of the one with the key that is to take its place.
  static final String NEXT_LABEL = "edgewright-next";

  static final String CONTENT_DIGEST = "content-digest";
  private static final String ALGORITHM = "ecdsa-p256-sha256";
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final List<String> ALWAYS = List.of("@method", "@authority", "@path", "@query");

  /// The farthest second that `Instant` arithmetic near it cannot overflow.
  private static final long LAST_SECOND = 1L << 40;

  static RequestSignature read(SignedRequest request, String label) {
    Member input = member(request, "signature-input", label);
    Member signature = member(request, "signature", label);
    List<String> components = components(input, request);
    if (!(signature.items().getFirst() instanceof Item.Bytes bytes)) {
      throw unreadable("Signature", "no byte sequence", "`" + label + "=:<base64>:`");
    }
    String algorithm = text(input, "alg").orElse(ALGORITHM);
    if (!algorithm.equals(ALGORITHM)) {
      throw unreadable("Signature-Input, `alg`", algorithm, "`" + ALGORITHM + "`");
    }
    String nonce = text(input, "nonce").orElse("");
    if (!NONCE.matcher(nonce).matches()) {
      throw unreadable(
          "Signature-Input, `nonce`",
          "`" + nonce + "`",
          "128 random bits in base64url, 22 letters");
    }
    return new RequestSignature(
        components,
        input.serialised(),
        text(input, "keyid").orElseThrow(() -> unreadable("Signature-Input", "no `keyid`", "one")),
        nonce,
        created(input),
        bytes);
  }

  private static Instant created(Member input) {
    if (!(input.parameters().get("created") instanceof Item.Whole(long created))
        || created < 0
        || created > LAST_SECOND) {
      throw unreadable("Signature-Input", "no `created`", "seconds since 1970");
    }
    return Instant.ofEpochSecond(created);
  }

  private static Member member(SignedRequest request, String header, String label) {
    String where = "the header `" + header + "`";
    String text =
        request
            .header(header)
            .orElseThrow(() -> unreadable(where, "no such header", "one as in RFC 9421"));
    Map<String, Member> members;
    try {
      members = StructuredField.dictionary(text);
    } catch (IllegalArgumentException e) {
      throw unreadable(where, String.valueOf(e.getMessage()), "a dictionary of RFC 8941");
    }
    return Optional.ofNullable(members.get(label))
        .filter(member -> !member.items().isEmpty())
        .orElseThrow(
            () -> unreadable(where, "the labels " + members.keySet(), "the label `" + label + "`"));
  }

  private static List<String> components(Member input, SignedRequest request) {
    List<String> components = new ArrayList<>();
    for (Item item : input.items()) {
      components.add(item instanceof Item.Text(String name) ? name : "");
    }
    var wanted = new LinkedHashSet<>(ALWAYS);
    if (request.bodyDigest().isPresent()) {
      wanted.add(CONTENT_DIGEST);
    }
    var given = new LinkedHashSet<>(components);
    // A digest of no body does no harm; anything else that is missing, doubled or unknown does.
    boolean fits =
        given.size() == components.size()
            && given.containsAll(wanted)
            && given.stream()
                .allMatch(name -> ALWAYS.contains(name) || name.equals(CONTENT_DIGEST));
    if (!fits) {
      throw unreadable(
          "Signature-Input", "the components " + components, "the components " + wanted);
    }
    return List.copyOf(components);
  }

  private static Optional<String> text(Member member, String parameter) {
    return member.parameters().get(parameter) instanceof Item.Text(String value)
        ? Optional.of(value)
        : Optional.empty();
  }

  private static ServiceException unreadable(String where, String seen, String allowed) {
    return new ServiceException(
        ServiceErrorCode.SIGNATURE_UNREADABLE,
        where,
        seen,
        allowed,
        "sign the request with the device's key as the page of this code shows");
  }
}
