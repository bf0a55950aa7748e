package io.edgewright.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewright.functions.core.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The whole run: submissions under faults, devices, and what must hold then.
public final class ServiceBench {
  private final ServiceBenchOptions options;
  private final Path folder;
  private final PrintStream progress;

  /// @param folder of data and log; its `data` must not be there
  public ServiceBench(ServiceBenchOptions options, Path folder, PrintStream progress) {
    this.options = options;
    this.folder = folder;
    this.progress = progress;
  }

  /// @return the table and the JSON
  /// @throws IllegalStateException when something did not end as it should
  public ServiceReport run() throws IOException, InterruptedException {
    progress.println("seed " + options.seed());
    try (BenchedService service = BenchedService.start(folder);
        Traffic traffic = new Traffic(service.address(), service.operatorToken())) {
      int faultsOfAKind = Math.max(1, options.distinct() / 4);
      FaultInjector injector = new FaultInjector(service, options.seed(), faultsOfAKind);
      Submissions.Outcome submissions = submissions(traffic, injector);
      Fleet.Outcome fleet = new Fleet(traffic, options).run(submissions.ids());
      progress.printf("%d devices in %.0f s%n", options.devices(), fleet.seconds());
      List<String> broken = new ArrayList<>(brokenCompilations(service, traffic, submissions));
      broken.addAll(brokenDevices(traffic, fleet));
      return new ServiceReport(
          new ServiceResult(
              options,
              submissions,
              fleet,
              injector.counts(),
              traffic.millis(),
              service.peakBytes(),
              broken));
    }
  }

  private Submissions.Outcome submissions(Traffic traffic, FaultInjector injector)
      throws InterruptedException {
    try {
      Submissions.Outcome outcome = new Submissions(traffic, options).run();
      progress.printf("%d submissions in %.0f s%n", options.submissions(), outcome.seconds());
      return outcome;
    } finally {
      injector.stop();
    }
  }

  /// None lost: each is done and its bundle whole. None doubled: no other record, no other bundle.
  private List<String> brokenCompilations(
      BenchedService service, Traffic traffic, Submissions.Outcome submissions)
      throws IOException, InterruptedException {
    List<String> broken = new ArrayList<>();
    Set<String> recorded = new HashSet<>();
    Set<String> bundles = new HashSet<>();
    for (JsonNode one : traffic.all("GET /v1/compilations", "/v1/compilations", "compilations")) {
      recorded.add(one.path("id").asText());
      bundles.add(one.at("/targets/0/bundle/digest").asText() + " " + one.path("state").asText());
    }
    if (recorded.size() != options.distinct() || !recorded.equals(Set.copyOf(submissions.ids()))) {
      broken.add(recorded.size() + " compilations of " + options.distinct() + " distinct requests");
    }
    Set<String> stored = new HashSet<>();
    for (Path bundle : service.objects("bundles")) {
      try (InputStream in = Files.newInputStream(bundle)) {
        stored.add(Digest.of(in) + " done");
      }
    }
    if (!bundles.equals(stored) || stored.size() != options.distinct()) {
      broken.add(stored.size() + " bundles are stored for " + bundles.size() + " in the records");
    }
    return broken;
  }

  private List<String> brokenDevices(Traffic traffic, Fleet.Outcome fleet)
      throws IOException, InterruptedException {
    Set<String> known = new HashSet<>();
    for (JsonNode device : traffic.all("GET /v1/devices", "/v1/devices", "devices")) {
      known.add(device.path("id").asText());
    }
    return known.equals(fleet.devices()) && known.size() == options.devices()
        ? List.of()
        : List.of(known.size() + " devices are known of " + options.devices());
  }
}
