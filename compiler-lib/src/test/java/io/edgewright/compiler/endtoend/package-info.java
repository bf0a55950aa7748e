/// Tests of what is put around a network: decoding against formulas written out here, real
/// detectors against what is in their pictures, and manifests that do not fit.
@NullMarked
package io.edgewright.compiler.endtoend;

import org.jspecify.annotations.NullMarked;
