package io.edgewright.functions.embedded.http;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.embedded.http.ByteRange.Wish;
import io.edgewright.functions.embedded.store.FileObjectStore;
import io.edgewright.functions.embedded.store.SignedAddresses;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/// Signed addresses: GET and HEAD of an object, in ranges too, and PUT of an announced model.
final class ObjectsRoute {
  private final FileObjectStore objects;
  private final SignedAddresses addresses;

  ObjectsRoute(FileObjectStore objects, SignedAddresses addresses) {
    this.objects = objects;
    this.addresses = addresses;
  }

  void handle(Exchange exchange) throws IOException {
    String key = exchange.path().substring(SignedAddresses.PREFIX.length());
    Map<String, String> query = exchange.query();
    Optional<String> refusal = addresses.refusal(exchange.method(), key, query);
    if (refusal.isPresent()) {
      throw new ServiceException(
          ServiceErrorCode.ADDRESS_REFUSED,
          "the address",
          refusal.get(),
          "an address as the service gave it, before its end, with the method it was given for",
          "ask for a new address where this one came from");
    }
    // What is signed is a method, so this is one of three.
    if (exchange.method().equals("PUT")) {
      put(exchange, key, query);
    } else {
      get(exchange, key, Optional.ofNullable(query.get("name")).orElse("object"));
    }
  }

  private void get(Exchange exchange, String key, String fileName) throws IOException {
    Path file = objects.place(key);
    if (!Files.isRegularFile(file)) {
      throw gone(
          key,
          "an object that was not deleted",
          "its compilation was deleted: post the request again");
    }
    long size = Files.size(file);
    // Keys hold a digest and objects never change, so the key names the content.
    String tag = "\"" + Digest.of(key.getBytes(StandardCharsets.UTF_8)).hex() + "\"";
    checkUnchanged(exchange, key, tag);
    exchange.answerHeader("ETag", tag);
    exchange.answerHeader("Accept-Ranges", "bytes");
    exchange.answerHeader("Content-Type", mediaType(key));
    exchange.answerHeader(
        "Content-Disposition",
        "attachment; filename=\"" + fileName.replaceAll("[^ -~]|[\"\\\\]", "_") + "\"");
    if (exchange.header("If-None-Match").filter(known -> known.contains(tag)).isPresent()) {
      exchange.answer(304, 0);
      return;
    }
    boolean sameAsBefore = exchange.header("If-Range").map(tag::equals).orElse(true);
    switch (ByteRange.of(exchange.header("Range").filter(_ -> sameAsBefore), size)) {
      case Wish.Whole _ -> send(exchange, 200, file, new ByteRange(0, size - 1));
      case Wish.Part(ByteRange range) -> {
        exchange.answerHeader(
            "Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + size);
        send(exchange, 206, file, range);
      }
      case Wish.Outside _ -> {
        exchange.answerHeader("Content-Range", "bytes */" + size);
        throw new ServiceException(
            ServiceErrorCode.RANGE_INVALID,
            "the header `Range`",
            "`" + exchange.header("Range").orElse("") + "`",
            "a range within " + size + " bytes",
            "ask for the rest of the object, or for all of it");
      }
    }
  }

  private static ServiceException gone(String key, String allowed, String hint) {
    return new ServiceException(
        ServiceErrorCode.OBJECT_GONE, "the object `" + key + "`", "nothing", allowed, hint);
  }

  private static String mediaType(String key) {
    if (key.endsWith(".json")) {
      return "application/json";
    }
    return key.endsWith(".zip") ? "application/zip" : "application/octet-stream";
  }

  private static void checkUnchanged(Exchange exchange, String key, String tag) {
    String wanted = exchange.header("If-Match").orElse(tag);
    if (!wanted.equals(tag) && !wanted.equals("*")) {
      throw new ServiceException(
          ServiceErrorCode.OBJECT_CHANGED,
          "the object `" + key + "`",
          "the ETag " + tag,
          wanted,
          "drop what was fetched before and fetch all of it again");
    }
  }

  private static void send(Exchange exchange, int status, Path file, ByteRange range)
      throws IOException {
    if (exchange.method().equals("HEAD")) {
      exchange.answerHeader("Content-Length", Long.toString(range.length()));
      exchange.answer(status, 0);
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(range.first());
      OutputStream out = exchange.answer(status, range.length());
      byte[] buffer = new byte[1 << 16];
      long left = range.length();
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new IOException(file + " ends too early");
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private void put(Exchange exchange, String key, Map<String, String> query) throws IOException {
    if (!objects.awaits(key)) {
      throw gone(
          key, "an upload that is not finished", "ask `GET /v1/models/{model}` how it stands");
    }
    long announced = Long.parseLong(query.getOrDefault("bytes", "0"));
    Path file = objects.uploadFile();
    try {
      MessageDigest digest = Digest.sha256();
      long bytes = receive(exchange, file, digest, announced);
      String hex = Digest.finish(digest).hex();
      if (bytes != announced || !hex.equals(query.get("sha256"))) {
        throw new ServiceException(
            ServiceErrorCode.UPLOAD_MISMATCH,
            "the upload",
            bytes > announced ? "more bytes" : bytes + " bytes with the digest sha256:" + hex,
            announced + " bytes with the digest sha256:" + query.get("sha256"),
            "send the file that was announced, or announce this one");
      }
      objects.link(file, key);
    } finally {
      Files.deleteIfExists(file);
    }
    exchange.answer(200, 0);
  }

  /// @return the bytes received, one more than announced if there were too many
  private static long receive(Exchange exchange, Path file, MessageDigest digest, long announced)
      throws IOException {
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      InputStream in = exchange.body();
      byte[] buffer = new byte[1 << 16];
      long received = 0;
      while (received <= announced) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, announced + 1 - received));
        if (read <= 0) {
          return received;
        }
        out.write(buffer, 0, read);
        received += read;
      }
      return received;
    }
  }
}
