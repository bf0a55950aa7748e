package io.edgewright.functions.handlers;

import io.edgewright.functions.core.compilation.Compilations;
import io.edgewright.functions.core.device.Deployments;
import io.edgewright.functions.core.device.DeviceRegister;
import io.edgewright.functions.core.device.Rollouts;
import io.edgewright.functions.core.store.Deployment;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.pages.ConsolePage;
import io.edgewright.functions.pages.DeploymentsPage.Shown;
import java.time.Instant;
import java.util.Optional;

/// What several use cases know together, for the pages that show it.
record Overview(
    Compilations compilations,
    Deployments deployments,
    Rollouts rollouts,
    DeviceRegister devices,
    Inspector inspector) {
  private static final int COMPILATIONS = 20;
  private static final int BESIDE_THEM = 5;
  private static final int DEPLOYMENTS = 50;

  ConsolePage.View console(Optional<String> cursor, Instant now) {
    return new ConsolePage.View(
        PageAnswer.page(compilations::newestFirst, COMPILATIONS, cursor),
        cursor.isEmpty(),
        inspector.targets(),
        // How a roll-out stands takes a look at every device of its group: not here.
        deployments.byGroup(BESIDE_THEM, Optional.empty()).items().stream()
            .map(deployment -> new Shown(deployment, name(deployment), Optional.empty()))
            .toList(),
        devices.newestFirst(Optional.empty(), BESIDE_THEM, Optional.empty()).items(),
        now);
  }

  Page<Shown> deployments(Optional<String> cursor) {
    Page<Deployment> page = PageAnswer.page(deployments::byGroup, DEPLOYMENTS, cursor);
    return new Page<>(
        page.items().stream()
            .map(deployment ->
                new Shown(deployment, name(deployment), Optional.of(rollouts.standing(deployment))))
            .toList(),
        page.next());
  }

  private String name(Deployment deployment) {
    return compilations.get(deployment.compilation()).name();
  }
}
