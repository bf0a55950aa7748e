/// Devices as data. Each file `targets/<id>.json` describes one device ([Target]: processor,
/// compiler flags, vectors, caches, memory, power, price, and where each figure comes from), or
/// says that the target is whichever of a list fits the machine at hand. [TargetCatalog] reads them
/// all and finds one by its id; [TargetChecks] holds what every description must satisfy;
/// [HostProcessor] is what this machine says about itself.
///
/// A new device is a new file and no line of Java: code asks what a target can do, never which it
/// is.
@NullMarked
package io.edgewright.compiler.target;

import org.jspecify.annotations.NullMarked;
