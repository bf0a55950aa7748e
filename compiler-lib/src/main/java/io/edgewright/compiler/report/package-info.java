/// `report.json` as a page for people: one HTML file without scripts and without anything from
/// outside. [ReportPage] lists the sections; each has a file. The page is made from the JSON alone,
/// so that it can be made wherever a bundle is, and nothing of it has to travel to a device.
///
/// Names come from the model and are hostile until escaped: only [Markup] writes text.
@NullMarked
package io.edgewright.compiler.report;

import org.jspecify.annotations.NullMarked;
