package io.edgewright.functions.core.device;

import io.edgewright.functions.core.store.DeploymentStore;
import io.edgewright.functions.core.store.MetadataSigning;
import io.edgewright.functions.core.trust.MetadataPublisher;
import io.edgewright.functions.core.trust.TargetFile;
import java.util.List;

/// Signs what the record of a group's deployment says.
public final class GroupMetadata implements MetadataSigning {
  private final DeploymentStore deployments;
  private final GroupFiles files;
  private final MetadataPublisher metadata;

  public GroupMetadata(DeploymentStore deployments, GroupFiles files, MetadataPublisher metadata) {
    this.deployments = deployments;
    this.files = files;
    this.metadata = metadata;
  }

  /// Signs again where the record changed meanwhile: otherwise a slower writer could have the last
  /// word. Where nothing changed since the last time, nothing is signed.
  @Override
  public void signGroup(String group) {
    List<TargetFile> recorded = recorded(group);
    List<TargetFile> signed;
    do {
      signed = recorded;
      metadata.publish(group, signed);
      recorded = recorded(group);
    } while (!recorded.equals(signed));
  }

  private List<TargetFile> recorded(String group) {
    return deployments
        .find(group)
        .map(files::of)
        .orElseThrow(() -> Deployments.nothingDeployed(group));
  }

  /// After another target of the compilation was done.
  public void signFor(String compilation) {
    deployments.groupsOf(compilation).forEach(this::signGroup);
  }

  @Override
  public void renew() {
    metadata.renew();
  }
}
