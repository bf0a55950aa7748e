/// A request becomes a compilation: checked, normalised, named by what it consists of, recorded,
/// and handed to the workflow. The same request finds the same compilation.
@NullMarked
package io.edgewright.functions.core.compilation;

import org.jspecify.annotations.NullMarked;
