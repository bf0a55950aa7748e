/**
 * What the tests of every module share: where the shared test material lies, and which tools the
 * machine has. The sources are compiled into each module's tests, so they are Java 17 as
 * device-fetcher is.
 */
@NullMarked
package io.edgewright.testing;

import org.jspecify.annotations.NullMarked;
