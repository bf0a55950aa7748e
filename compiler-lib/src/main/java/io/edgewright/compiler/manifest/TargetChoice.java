package io.edgewright.compiler.manifest;

/// One device to build for.
///
/// @param device id of a target
public record TargetChoice(String device, Precision precision) {}
