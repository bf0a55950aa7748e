package io.edgewright.functions.handlers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.benchmark.Benchmarks;
import io.edgewright.functions.core.compilation.Bundles;
import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.compilation.Plans;
import io.edgewright.functions.core.compilation.Uploads;
import io.edgewright.functions.core.device.Claims;
import io.edgewright.functions.core.device.Deployments;
import io.edgewright.functions.core.device.DeviceRegister;
import io.edgewright.functions.core.device.Devices;
import io.edgewright.functions.core.device.Rollouts;
import io.edgewright.functions.core.results.Results;
import io.edgewright.functions.core.signature.DeviceRequests;
import io.edgewright.functions.core.store.Device;
import io.edgewright.functions.core.trust.PublishedMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// All handlers, made once from the ports. No framework: this is the whole of it.
public final class Wiring {
  private final Ports ports;
  private final Endpoint endpoint;
  private final DeviceRequests signatures;
  private final Uploads uploads;
  private final PublishedMetadata metadata;
  private final Compilations compilations;
  private final Deployments deployments;
  private final Rollouts rollouts;
  private final Devices devices;
  private final DeviceRegister register;

  public Wiring(Ports ports) {
    this.ports = ports;
    var clock = ports.clock();
    signatures = new DeviceRequests(ports.devices(), ports.nonces(), clock);
    var operators = Operators.of(ports.operators(), clock);
    var idempotency = new Idempotency(ports.idempotency(), clock);
    endpoint = new Endpoint(operators, signatures, idempotency, ports.log(), clock);
    uploads = new Uploads(ports.objects(), ports.uploads(), clock);
    metadata = new PublishedMetadata(ports.metadata(), clock);
    compilations =
        new Compilations(
            ports.compilations(), ports.objects(), ports.inspector(), ports.workflow(), clock);
    var signing = ports.signing();
    deployments =
        new Deployments(ports.deployments(), ports.compilations(), signing, metadata, clock);
    rollouts =
        new Rollouts(ports.deployments(), ports.compilations(), ports.devices(), signing, clock);
    devices = new Devices(ports.devices(), ports.objects(), metadata, ports.inspector(), clock);
    register = new DeviceRegister(ports.devices(), clock);
  }

  /// Goes on with what the end of a process interrupted. Before the first request, or from time to
  /// time.
  public void recover() throws IOException {
    compilations.finishDeletions();
    renew();
  }

  /// Has signed what nears its end or does not say what the records say. From time to time.
  public void renew() {
    ports.signing().renew();
    deployments.signAll();
  }

  /// What time alone brings about. Every few seconds.
  public void tick() {
    rollouts.advanceAll();
    if (!metadata.isFresh()) {
      // Most likely the clock was put on.
      renew();
    }
    try {
      uploads.sweep();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Routes routes() {
    return routes(
        Stream.of(
            compilationRoutes(),
            fleetRoutes(),
            deviceRoutes(rollouts::hearAndJudge),
            serviceRoutes(),
            pageRoutes()));
  }

  /// Without pages: what programs of operators call.
  public Routes operatorRoutes() {
    return routes(Stream.of(compilationRoutes(), fleetRoutes(), serviceRoutes()));
  }

  /// What devices call, without anything that signs metadata: that is left to the next [#tick].
  public Routes routesForDevices() {
    return routes(Stream.of(deviceRoutes(rollouts::hear), serviceRoutes()));
  }

  private static Routes routes(Stream<List<Route>> groups) {
    return new Routes(groups.flatMap(List::stream).toList());
  }

  private List<Route> compilationRoutes() {
    var plans = new Plans(ports.objects(), ports.inspector());
    var bundles = new Bundles(compilations, ports.objects());
    String model = "/v1/models/{model}";
    String one = "/v1/compilations/{id}";
    String target = one + "/targets/{device}";
    return List.of(
        new Route("POST", "/v1/models", new AnnounceModel(endpoint, uploads)),
        new Route("GET", model, new GetModel(endpoint, uploads)),
        new Route("POST", model + "/complete", new FinishModel(endpoint, uploads)),
        new Route("POST", "/v1/compilations", new CreateCompilation(endpoint, compilations)),
        new Route("GET", "/v1/compilations", new ListCompilations(endpoint, compilations)),
        new Route("GET", one, new GetCompilation(endpoint, compilations)),
        new Route("POST", one + "/cancel", new CancelCompilation(endpoint, compilations)),
        new Route("DELETE", one, new DeleteCompilation(endpoint, compilations)),
        new Route("GET", target + "/bundle", new GetBundle(endpoint, bundles)),
        new Route("GET", target + "/report", new GetReport(endpoint, bundles)),
        new Route("POST", "/v1/plans", new CreatePlan(endpoint, plans)),
        new Route("GET", "/v1/targets", new ListTargets(endpoint, ports.inspector())));
  }

  /// The operator's side of devices.
  private List<Route> fleetRoutes() {
    var claims = new Claims(ports.devices(), metadata, ports.signing(), ports.clock());
    var results = new Results(ports.results(), ports.clock());
    var benchmarks = new Benchmarks(ports.benchmarks());
    String group = "/v1/deployments/{group}";
    return List.of(
        new Route("POST", "/v1/claims", new CreateClaim(endpoint, claims)),
        new Route("GET", "/v1/devices", new ListDevices(endpoint, register)),
        new Route("GET", "/v1/devices/{id}", new GetDevice(endpoint, register)),
        new Route("DELETE", "/v1/devices/{id}", new RevokeDevice(endpoint, register)),
        new Route("GET", "/v1/deployments", new ListDeployments(endpoint, deployments, rollouts)),
        new Route("GET", group, new GetDeployment(endpoint, deployments, rollouts)),
        new Route("PUT", group, new Deploy(endpoint, deployments, rollouts)),
        new Route("POST", group + "/rollback", new RollBack(endpoint, deployments, rollouts)),
        new Route("GET", "/v1/results", new ListResults(endpoint, results)),
        new Route("GET", "/v1/benchmarks", new ListBenchmarks(endpoint, benchmarks)));
  }

  /// What devices call.
  private List<Route> deviceRoutes(BiConsumer<Device, ObjectNode> reports) {
    var results = new Results(ports.results(), ports.clock());
    var benchmarks = new Benchmarks(ports.benchmarks());
    String self = "/v1/devices/self/";
    return List.of(
        new Route("POST", "/v1/enroll", new Enroll(endpoint, devices)),
        new Route("PUT", self + "key", new RotateKey(endpoint, signatures, register)),
        new Route("GET", self + "desired", new GetDesired(endpoint, devices)),
        new Route("POST", self + "reports", new TakeReport(endpoint, devices, reports)),
        new Route("POST", self + "results", new TakeResults(endpoint, results)),
        new Route("POST", self + "benchmarks", new TakeBenchmark(endpoint, benchmarks)));
  }

  private List<Route> serviceRoutes() {
    return List.of(
        new Route("GET", "/v1/health", new GetHealth(endpoint, ports.inspector())),
        new Route("GET", "/v1/errors/{code}", new GetErrorPage(endpoint)),
        new Route("GET", "/v1/openapi.yaml", new GetApiFile(endpoint)));
  }

  /// For people, in a browser.
  private List<Route> pageRoutes() {
    var clock = ports.clock();
    var overview = new Overview(compilations, deployments, rollouts, register, ports.inspector());
    return List.of(
        new Route("GET", "/", new GetConsole(endpoint, overview, clock)),
        new Route(
            "GET",
            "/compilations/{id}",
            new GetCompilationPage(endpoint, compilations, deployments, clock)),
        new Route("GET", "/deployments", new GetDeploymentsPage(endpoint, overview, clock)),
        new Route("GET", "/devices", new GetDevicesPage(endpoint, register, clock)),
        new Route(
            "GET", "/devices/{id}", new GetDevicePage(endpoint, register, deployments, clock)),
        new Route("GET", "/docs", new GetDocs(endpoint)),
        new Route("GET", "/login", new GetLogin(endpoint)),
        new Route("POST", "/login", new LogIn(endpoint, endpoint.sessions())),
        new Route("POST", "/logout", new LogOut(endpoint)));
  }
}
