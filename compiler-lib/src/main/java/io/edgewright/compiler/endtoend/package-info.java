/// Puts what the manifest says around the imported network, so that one compiled function takes
/// pixels and gives decoded results.
///
/// ```
/// picture -> ImageToTensor -> network -> Slice, Map, Concat ... -> boxes [N, 4], scores [N, C]
///         -> SelectDetections -> detections, count
///
/// picture -> ImageToTensor -> network -> Softmax -> TopK -> classes [k, 2]
/// ```
///
/// [EndToEnd#wrap] is the door. [PictureInput] is one input that takes pixels; [ClassOutput] and
/// [DetectionOutput] are the two kinds of results, [BoxDecoder] is how the families of detectors
/// write boxes down. Everything between the network and the last step is composed of ordinary
/// operators, so that the passes fuse it. What does not fit the network is collected in
/// [Mismatches].
@NullMarked
package io.edgewright.compiler.endtoend;

import org.jspecify.annotations.NullMarked;
