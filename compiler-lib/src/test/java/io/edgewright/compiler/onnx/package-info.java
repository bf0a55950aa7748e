/// Tests of the ONNX front end, and the judges that nobody here wrote: the ONNX backend suite and
/// real models with the results of ONNX Runtime.
@NullMarked
package io.edgewright.compiler.onnx;

import org.jspecify.annotations.NullMarked;
