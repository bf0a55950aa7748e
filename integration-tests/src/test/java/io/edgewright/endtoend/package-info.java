/// Tests of the whole path: model in, device answers. What comes out is compared with ONNX Runtime
/// or with the ground truth of the pictures, never with Edgewright itself.
@NullMarked
package io.edgewright.endtoend;

import org.jspecify.annotations.NullMarked;
