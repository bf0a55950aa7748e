package io.edgewright.functions.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.edgewright.functions.core.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Two calls of KMS, with P-256 keys that are made when they are first named. What speaks AWS's
/// protocols for tests elsewhere signs a digest as if it were a message, so it cannot judge a
/// signer.
public final class SmallKms implements AutoCloseable {
  private static final int DIGEST_BYTES = 32;

  private final HttpServer server;
  private final Map<String, KeyPair> keys = new HashMap<>();
  private final AtomicInteger requests = new AtomicInteger();

  public SmallKms() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  int requests() {
    return requests.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      JsonNode asked = Json.parse(exchange.getRequestBody().readAllBytes());
      byte[] answer =
          Json.bytes(answer(exchange.getRequestHeaders().getFirst("X-Amz-Target"), asked));
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private ObjectNode answer(String operation, JsonNode asked)
      throws IOException, GeneralSecurityException {
    KeyPair key = key(asked.required("KeyId").asText());
    return switch (operation) {
      case "TrentService.GetPublicKey" ->
          Json.object().put("PublicKey", key.getPublic().getEncoded());
      case "TrentService.Sign" -> Json.object().put("Signature", sign(key, asked));
      default -> throw new IOException("no such call: " + operation);
    };
  }

  private static byte[] sign(KeyPair key, JsonNode asked)
      throws IOException, GeneralSecurityException {
    byte[] digest = asked.required("Message").binaryValue();
    if (!asked.required("MessageType").asText().equals("DIGEST")
        || !asked.required("SigningAlgorithm").asText().equals("ECDSA_SHA_256")
        || digest.length != DIGEST_BYTES) {
      throw new IOException("not a digest to sign: " + asked);
    }
    Signature signature = Signature.getInstance("NONEwithECDSA");
    signature.initSign(key.getPrivate());
    signature.update(digest);
    return signature.sign();
  }

  private synchronized KeyPair key(String id) throws GeneralSecurityException {
    KeyPair known = keys.get(id);
    if (known == null) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      known = generator.generateKeyPair();
      keys.put(id, known);
    }
    return known;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
