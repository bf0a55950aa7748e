package io.edgewright.functions.embedded;

import io.edgewright.functions.embedded.ApiStatusTest.Case;
import io.edgewright.functions.embedded.CheckedClient.Call;
import java.util.List;
import java.util.stream.Stream;

/// What provokes the statuses of the routes about deployments that have no body.
final class DeploymentStatusCases {
  private final CheckedClient client;

  DeploymentStatusCases(CheckedClient client) {
    this.client = client;
  }

  List<Case> all() {
    String list = "GET /v1/deployments";
    return Stream.concat(
            Stream.of(
                new Case(list, 200, () -> call("GET", "?limit=1")),
                new Case(list, 400, () -> call("GET", "?limit=0").wrong()),
                new Case(list, 401, () -> call("GET", "").without("authorization").wrong())),
            Stream.of("GET /v1/deployments/{group}", "POST /v1/deployments/{group}/rollback")
                .flatMap(this::ofGroup))
        .toList();
  }

  private Stream<Case> ofGroup(String route) {
    return Stream.of(
        new Case(route, 200, () -> of(route, "attic")),
        new Case(route, 400, () -> of(route, "No_Group").wrong()),
        new Case(route, 401, () -> of(route, "attic").without("authorization").wrong()),
        new Case(route, 404, () -> of(route, "nowhere")));
  }

  private Call of(String route, String group) {
    String[] words = route.replace("{group}", group).split(" ", -1);
    return client.operator(words[0], words[1]);
  }

  private Call call(String method, String rest) {
    return client.operator(method, "/v1/deployments" + rest);
  }
}
