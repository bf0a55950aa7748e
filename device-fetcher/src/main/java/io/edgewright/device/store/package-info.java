/**
 * What a device keeps, and how it survives a power cut at any moment.
 *
 * <pre>
 *   home/
 *     device.key                the private key, readable by its owner only
 *     enrolment.json            which service, which group, which target
 *     state.json                clock floor and where the last sync ended
 *     slots.json                the pointer: active bundle, last good one, refused ones
 *     budget.json               the bytes of downloads that this day has cost
 *     metadata/ROLE.json        signed metadata that was trusted last
 *     reports/NNN.json          reports that the service has not taken yet
 *     downloads/SHA256.part     what has arrived of a bundle
 *     bundles/SHA256/           an unpacked, checked bundle
 * </pre>
 *
 * Installing: write every file and sync it, sync the folders, read all of it back and check its
 * digests, rename the folder, sync its parent; only then is {@code slots.json} replaced, by rename,
 * and its folder synced. A folder under {@code bundles} with its final name is therefore always
 * complete, and whatever no slot names is rubbish that {@link
 * io.edgewright.device.store.BundleShelf#recover} sweeps away.
 */
@NullMarked
package io.edgewright.device.store;

import org.jspecify.annotations.NullMarked;
