/// Tests of the manifest: what is read, what is refused, and that the schema says the same.
@NullMarked
package io.edgewright.compiler.manifest;

import org.jspecify.annotations.NullMarked;
