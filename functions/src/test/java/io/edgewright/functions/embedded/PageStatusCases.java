package io.edgewright.functions.embedded;

import static io.edgewright.functions.embedded.CheckedClient.form;
import static io.edgewright.functions.embedded.CheckedClient.manifest;
import static io.edgewright.functions.embedded.CheckedClient.model;

import io.edgewright.functions.core.signature.DeviceSigner;
import io.edgewright.functions.embedded.ApiStatusTest.Case;
import io.edgewright.functions.embedded.CheckedClient.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What provokes the statuses of the pages for people.
final class PageStatusCases {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final CheckedClient client;
  private final String compilation;

  /// @param compilation that is done
  PageStatusCases(CheckedClient client, String compilation) {
    this.client = client;
    this.compilation = compilation;
  }

  List<Case> all() {
    return Stream.of(operators(), refused(), session(), open()).flatMap(List::stream).toList();
  }

  /// Pages that lead to the login whoever is not logged in.
  private List<Case> operators() {
    Map<String, String> pages = new TreeMap<>();
    pages.put("/", "/");
    pages.put("/compilations/{id}", "/compilations/" + compilation);
    pages.put("/deployments", "/deployments");
    pages.put("/devices", "/devices");
    pages.put("/devices/{id}", "/devices/" + enrolled());
    List<Case> cases = new ArrayList<>();
    pages.forEach((template, path) -> {
      cases.add(new Case("GET " + template, 200, () -> page(path)));
      cases.add(new Case("GET " + template, 303, () -> client.open("GET", path).wrong()));
    });
    return cases;
  }

  private List<Case> refused() {
    return List.of(
        new Case("GET /", 400, () -> page("/?cursor=x").wrong()),
        new Case("GET /deployments", 400, () -> page("/deployments?cursor=x").wrong()),
        new Case("GET /devices", 400, () -> page("/devices?cursor=x").wrong()),
        new Case("GET /compilations/{id}", 404, () -> page("/compilations/" + "0".repeat(64))),
        new Case("GET /devices/{id}", 404, () -> page("/devices/nobody")));
  }

  private List<Case> session() {
    return List.of(
        new Case("POST /login", 303, () -> own(login(client.token()))),
        new Case("POST /login", 400, () -> own(login("%x")).wrong()),
        new Case("POST /login", 401, () -> login(client.token())),
        new Case("POST /login", 413, () -> own(login("x".repeat(6_000_000)))),
        new Case("POST /login", 415, () -> own(login("x").json("{}")).wrong()),
        new Case("POST /logout", 303, () -> own(client.open("POST", "/logout"))),
        new Case("POST /logout", 401, () -> client.open("POST", "/logout")));
  }

  private List<Case> open() {
    return List.of(
        new Case("GET /docs", 200, () -> client.open("GET", "/docs")),
        new Case("GET /v1/openapi.yaml", 200, () -> client.open("GET", "/v1/openapi.yaml")),
        new Case("GET /login", 200, () -> client.open("GET", "/login?next=/devices")),
        new Case("POST /v1/compilations", 303, this::compile));
  }

  private String enrolled() {
    DeviceSigner device = new DeviceSigner();
    client.enrol(device, "attic", "x86-64-v3");
    return device.id();
  }

  private Call page(String path) {
    return client.open("GET", path).with("cookie", cookie());
  }

  /// The cookie of whoever has just logged in.
  private String cookie() {
    String cookie = client.send(own(login(client.token()))).expect(303).header("set-cookie");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  /// As a browser sends what a page of the service has it send.
  private Call own(Call call) {
    return call.with("origin", client.base().toString());
  }

  private Call login(String token) {
    return client
        .open("POST", "/login")
        .body(FORM, ("token=" + token).getBytes(StandardCharsets.UTF_8));
  }

  private Call compile() {
    Call call = client.operator("POST", "/v1/compilations").with("accept", "text/html");
    return form(call, manifest("of-a-browser", "x86-64-v3"), model());
  }
}
