package io.edgewright.functions.handlers;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts of a `multipart/form-data` body (RFC 7578) by name.
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(
          "content-disposition:\\s*form-data\\s*;(?:[^\\n]*;)?\\s*name=(?:\"([^\"]*)\"|([^\\s;]+))",
          Pattern.CASE_INSENSITIVE);
  private static final byte[] END_OF_HEADERS = ascii("\r\n\r\n");
  private static final int MOST_PARTS = 10;

  private final byte[] body;
  private final byte[] delimiter;
  private int at;

  private Multipart(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ascii("\r\n--" + boundary);
  }

  /// @throws ServiceException when the body is not what its content type says
  static Map<String, byte[]> parts(Request request) {
    Matcher boundary = BOUNDARY.matcher(request.header("content-type").orElse(""));
    if (!boundary.find()) {
      throw unreadable("a `Content-Type` without `boundary`");
    }
    String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    return new Multipart(request.body(), text).parts();
  }

  private Map<String, byte[]> parts() {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    // The first delimiter has no line break before it.
    if (!startsWith(0, Arrays.copyOfRange(delimiter, 2, delimiter.length))) {
      throw unreadable("a body that does not begin with its boundary");
    }
    at = delimiter.length - 2;
    while (!startsWith(at, ascii("--"))) {
      if (!startsWith(at, ascii("\r\n"))) {
        throw unreadable("a boundary without a line break after it");
      }
      at += 2;
      int headersEnd = find(END_OF_HEADERS);
      String headers = new String(body, at, headersEnd - at, StandardCharsets.UTF_8);
      at = headersEnd + END_OF_HEADERS.length;
      int end = find(delimiter);
      if (parts.put(name(headers), Arrays.copyOfRange(body, at, end)) != null
          || parts.size() > MOST_PARTS) {
        throw unreadable("a part twice, or too many parts");
      }
      at = end + delimiter.length;
    }
    return parts;
  }

  private static String name(String headers) {
    Matcher name = NAME.matcher(headers);
    if (!name.find()) {
      throw unreadable("a part without a name");
    }
    return name.group(1) == null ? name.group(2) : name.group(1);
  }

  private boolean startsWith(int from, byte[] wanted) {
    return from + wanted.length <= body.length
        && Arrays.equals(body, from, from + wanted.length, wanted, 0, wanted.length);
  }

  private int find(byte[] wanted) {
    for (int i = at; i <= body.length - wanted.length; i++) {
      if (body[i] == wanted[0] && startsWith(i, wanted)) {
        return i;
      }
    }
    throw unreadable("a part without an end");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static ServiceException unreadable(String seen) {
    return new ServiceException(
        ServiceErrorCode.BODY_UNREADABLE,
        "the body",
        seen,
        "`multipart/form-data` as RFC 7578 describes it",
        "send it as `curl -F manifest=@manifest.json -F model=@model.onnx` does");
  }
}
