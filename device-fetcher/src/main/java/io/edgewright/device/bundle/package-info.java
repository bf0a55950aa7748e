/**
 * A bundle as it comes over the wire, and everything that is checked before a byte of it is used.
 *
 * <pre>
 *   Sha256          digests of files and of parts of them
 *   BundleArchive   the zip: stored entries that fill the file without a gap, nothing else
 *   BundleManifest  bundle.json: target, features, inputs, the digest of every entry
 *   MemoryNeed      what the program will set aside, from the sizes that it states
 *   BundleCheck     whole file against the signed digest, then entries against bundle.json
 *   ProcessorFeatures  what this machine can do, compared with what a bundle needs
 * </pre>
 */
@NullMarked
package io.edgewright.device.bundle;

import org.jspecify.annotations.NullMarked;
