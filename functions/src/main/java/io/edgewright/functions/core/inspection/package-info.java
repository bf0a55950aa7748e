/// The compiler's front as the port `Inspector`: manifests and models are read, nothing is
/// generated.
@NullMarked
package io.edgewright.functions.core.inspection;

import org.jspecify.annotations.NullMarked;
