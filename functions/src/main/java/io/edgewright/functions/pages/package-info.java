/// Pages for people: HTML made of the core's records, without a handler, a store or a clock in
/// sight. Same records, same bytes.
///
/// [Frame] is the frame of all of them: one style sheet, one script, and a policy that lets nothing
/// else load or run. [ConsolePage], [OneCompilationPage], [DeploymentsPage], [DevicesPage],
/// [OneDevicePage] and [BenchmarksPage] show what the service knows; [LoginPage] lets an operator
/// in; [ProblemPage] and [ErrorCodePage] say what went wrong; [DocsPage] shows the API as
/// `openapi.yaml` describes it. Everything that is not a tag of this package goes through `Markup`,
/// which escapes it.
@NullMarked
package io.edgewright.functions.pages;

import org.jspecify.annotations.NullMarked;
