package io.edgewright.functions.handlers;

import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.device.Deployments;
import io.edgewright.functions.core.device.DeviceRegister;
import java.time.Clock;
import java.util.List;

/// The handlers of the pages for people.
final class PageWiring {
  private PageWiring() {}

  static List<Route> routes(
      Endpoint endpoint,
      Compilations compilations,
      Deployments deployments,
      DeviceRegister devices,
      Ports ports) {
    Clock clock = ports.clock();
    return List.of(
        new Route(
            "GET", "/", new GetConsole(endpoint, compilations, devices, ports.inspector(), clock)),
        new Route(
            "GET",
            "/compilations/{id}",
            new GetCompilationPage(endpoint, compilations, deployments, clock)),
        new Route("GET", "/devices", new GetDevicesPage(endpoint, devices, clock)),
        new Route("GET", "/devices/{id}", new GetDevicePage(endpoint, devices, deployments, clock)),
        new Route("GET", "/docs", new GetDocs(endpoint)),
        new Route("GET", "/login", new GetLogin(endpoint)),
        new Route("POST", "/login", new LogIn(endpoint, endpoint.sessions())),
        new Route("POST", "/logout", new LogOut(endpoint)));
  }
}
