package io.edgewright.functions.handlers;

import io.edgewright.functions.core.benchmark.Benchmarks;
import io.edgewright.functions.core.compilation.Bundles;
import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.compilation.Plans;
import io.edgewright.functions.core.compilation.Uploads;
import io.edgewright.functions.core.device.Deployments;
import io.edgewright.functions.core.device.DeviceRegister;
import io.edgewright.functions.core.device.Devices;
import io.edgewright.functions.core.results.Results;
import io.edgewright.functions.core.signature.DeviceRequests;
import io.edgewright.functions.core.trust.MetadataPublisher;
import java.util.List;
import java.util.stream.Stream;

/// All handlers, made once from the ports. No framework: this is the whole of it.
public final class Wiring {
  private final List<Route> routes;
  private final List<Route> pages;

  public Wiring(Ports ports) {
    var signatures = new DeviceRequests(ports.devices(), ports.nonces(), ports.clock());
    var sessions = new Sessions(ports.operatorToken(), ports.clock());
    var endpoint = new Endpoint(sessions, signatures, ports.log(), ports.clock());
    var metadata = new MetadataPublisher(ports.metadata(), ports.signer(), ports.clock());
    var uploads = new Uploads(ports.objects(), ports.clock());
    var compilations =
        new Compilations(
            ports.compilations(),
            ports.objects(),
            ports.inspector(),
            ports.workflow(),
            ports.clock());
    var plans = new Plans(ports.objects(), ports.inspector());
    var bundles = new Bundles(compilations, ports.objects());
    var deployments = new Deployments(ports.compilations(), metadata, ports.clock());
    var devices =
        new Devices(ports.devices(), ports.objects(), metadata, ports.inspector(), ports.clock());
    var register = new DeviceRegister(ports.devices(), ports.clock());
    var results = new Results(ports.results(), ports.clock());
    var benchmarks = new Benchmarks(ports.benchmarks());
    String one = "/v1/compilations/{id}";
    String target = one + "/targets/{device}";
    routes =
        List.of(
            new Route("POST", "/v1/models", new AnnounceModel(endpoint, uploads)),
            new Route("POST", "/v1/compilations", new CreateCompilation(endpoint, compilations)),
            new Route("GET", "/v1/compilations", new ListCompilations(endpoint, compilations)),
            new Route("GET", one, new GetCompilation(endpoint, compilations)),
            new Route("DELETE", one, new DeleteCompilation(endpoint, compilations)),
            new Route("GET", target + "/bundle", new GetBundle(endpoint, bundles)),
            new Route("GET", target + "/report", new GetReport(endpoint, bundles)),
            new Route("POST", "/v1/plans", new CreatePlan(endpoint, plans)),
            new Route("GET", "/v1/targets", new ListTargets(endpoint, ports.inspector())),
            new Route("POST", "/v1/claims", new CreateClaim(endpoint, devices)),
            new Route("PUT", "/v1/deployments/{group}", new Deploy(endpoint, deployments)),
            new Route("POST", "/v1/enroll", new Enroll(endpoint, devices)),
            new Route("GET", "/v1/devices", new ListDevices(endpoint, register)),
            new Route("GET", "/v1/devices/{id}", new GetDevice(endpoint, register)),
            new Route("DELETE", "/v1/devices/{id}", new RevokeDevice(endpoint, register)),
            new Route("PUT", "/v1/devices/self/key", new RotateKey(endpoint, signatures, register)),
            new Route("GET", "/v1/devices/self/desired", new GetDesired(endpoint, devices)),
            new Route("POST", "/v1/devices/self/reports", new TakeReport(endpoint, devices)),
            new Route("POST", "/v1/devices/self/results", new TakeResults(endpoint, results)),
            new Route("GET", "/v1/results", new ListResults(endpoint, results)),
            new Route(
                "POST", "/v1/devices/self/benchmarks", new TakeBenchmark(endpoint, benchmarks)),
            new Route("GET", "/v1/benchmarks", new ListBenchmarks(endpoint, benchmarks)),
            new Route("GET", "/v1/health", new GetHealth(endpoint, ports.inspector())),
            new Route("GET", "/v1/errors/{code}", new GetErrorPage(endpoint)),
            new Route("GET", "/v1/openapi.yaml", new GetApiFile(endpoint)));
    pages = PageWiring.routes(endpoint, sessions, compilations, register, ports);
  }

  public List<Route> routes() {
    return Stream.concat(routes.stream(), pages.stream()).toList();
  }
}
