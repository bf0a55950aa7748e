/// Signed metadata for devices, after The Update Framework 1.0.34: `root` names the keys,
/// `timestamp` names the `snapshot`, that names the versions of `targets` and of one delegated role
/// per group, `group/<name>`, which lists the bundles that the group's devices may run.
///
/// ```
/// root -> timestamp -> snapshot -> targets -> group/lobby -> groups/lobby/<target>/bundle.zip
/// ```
///
/// While a deployment is rolled out, the group's role also lists a `candidate.zip`, which
/// [Canaries] run instead.
///
/// [MetadataPublisher] signs, [PublishedMetadata] reads and can do no more. Signatures are over
/// [CanonicalJson]. Versions only go up; what is past half of its life is signed again, and so is
/// what has another key now. A root that names a new root key is signed by the old one too, which
/// is why devices follow.
@NullMarked
package io.edgewright.functions.core.trust;

import org.jspecify.annotations.NullMarked;
