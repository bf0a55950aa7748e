/// Types and constant values of tensors: [ElementType], [Dimension] (a number or a symbol),
/// [Shape], [TensorType] and [Tensor] (a constant with its bytes).
@NullMarked
package io.edgewright.compiler.tensor;

import org.jspecify.annotations.NullMarked;
