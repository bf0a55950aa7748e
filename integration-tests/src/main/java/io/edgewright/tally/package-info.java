/// The closing tally of `./edgewright test`: what ran, what did not and why, and how large the
/// sources are against their budgets.
///
///     SurefireReports   target/surefire-reports/*.xml -> TestCase
///     SourceTree        *.java -> SourceFile, with its methods and their lengths
///     TestTally         prints both; its exit status is the verdict
///
/// The launcher runs [io.edgewright.tally.TestTally] straight from its source, so that there is a
/// tally even after a build that could not compile. Hence nothing here but the JDK.
@NullMarked
package io.edgewright.tally;

import org.jspecify.annotations.NullMarked;
