package io.edgewright.functions.core.store;

import java.util.Optional;

/// The keys that metadata is signed with, one for each role.
public interface Signer {
  SigningKey key(KeyRole role);

  /// The root key before the present one, while it is kept. The first root that names the present
  /// one needs its signature too: devices trust nothing else yet.
  Optional<SigningKey> previousRoot();
}
