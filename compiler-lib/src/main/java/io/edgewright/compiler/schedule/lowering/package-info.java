/// One file for each kind of operator: from a node and the views of its values to loop functions.
///
/// Vectors run along the innermost axis in memory. Where its extent is no multiple of the lanes,
/// the last vector starts early and computes some elements twice, with the same result: no kernel
/// has a scalar tail, and none writes outside its view.
@NullMarked
package io.edgewright.compiler.schedule.lowering;

import org.jspecify.annotations.NullMarked;
