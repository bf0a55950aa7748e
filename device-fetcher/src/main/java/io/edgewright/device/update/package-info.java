/**
 * From a claim to a running bundle, in order.
 *
 * <pre>
 *   Enroller        a claim and a new key become a device
 *   DesiredAnswer   what the service says should run here
 *   MetadataUpdate  what of it is to be believed
 *   Installation    features, space, download, check, self-test, activation: each before the next
 *   Updater         one sync from beginning to end, and what is remembered of it
 *   Reports         what the service is told, now or at the next sync
 * </pre>
 */
@NullMarked
package io.edgewright.device.update;

import org.jspecify.annotations.NullMarked;
