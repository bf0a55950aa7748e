/// The manifest: what a product wants from a model, read from JSON.
///
/// [ManifestReader] turns bytes into a [Manifest] or names everything that is wrong with them;
/// [NormalForm] turns a manifest back into bytes that are the same for the same meaning. The schema
/// for editors and for other languages is `manifest.schema.json` of api-spec; a test holds the two
/// together. What only a model can tell (whether a tensor exists and has a fitting shape) is
/// checked by the package `endtoend`.
///
/// ```
/// manifest = name, targets, dims, inputs, output, budget, run
/// target   = device, precision
/// input    = Image color pixels width height fit padding mean scale layout | Raw
/// output   = Tensors | Classes tensor softmax top labels | Detections decode labels
/// decode   = Boxes boxes scores format unit activation background selection
///          | Ssd boxes scores anchors variances activation background selection
///          | BlazeFace boxes scores anchors scale activation background selection
///          | Yolox tensor strides selection
/// ```
@NullMarked
package io.edgewright.compiler.manifest;

import org.jspecify.annotations.NullMarked;
