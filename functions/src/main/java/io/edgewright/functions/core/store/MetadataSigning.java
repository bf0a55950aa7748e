package io.edgewright.functions.core.store;

import io.edgewright.functions.core.ServiceException;

/// Asks for metadata to be signed. Whoever asks names what may be out of date, never what it shall
/// say: whoever signs reads that from the records. So nobody can have anything signed that the
/// records do not say. To ask twice is to ask once.
public interface MetadataSigning {
  /// What a group's devices may run, as its deployment says by now.
  ///
  /// @throws ServiceException when nothing was ever deployed to the group, or signing failed
  void signGroup(String group);

  /// The roles above those of groups: made where there are none, and signed again where they near
  /// their end.
  ///
  /// @throws ServiceException when signing failed
  void renew();
}
