/// Tests of bundles: hand-written networks ([TinyPrograms]) go through the toolchain into a bundle
/// ([TestBundle]) and are run as a device would run them.
@NullMarked
package io.edgewright.compiler.bundle;

import org.jspecify.annotations.NullMarked;
