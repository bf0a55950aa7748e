package io.edgewright.compiler.bundle;

/// What `report.json` tells beside the program and its target.
public record ReportParts(Accuracy accuracy, Portrait portrait) {}
