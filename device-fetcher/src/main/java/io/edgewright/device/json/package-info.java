/**
 * JSON in and out, with limits.
 *
 * <pre>
 *   JsonText    bytes -> JsonValue, and plain values -> text
 *   JsonValue   one value that knows its place, so that a wrong field is named in the complaint
 *   JsonSlices  the exact bytes of the parts of a document, for what is signed or hashed
 * </pre>
 *
 * Only this package knows Jackson. Plain values are {@code Map, List, String, Long, Double,
 * Boolean} and {@link io.edgewright.device.json.JsonText#NULL}.
 */
@NullMarked
package io.edgewright.device.json;

import org.jspecify.annotations.NullMarked;
