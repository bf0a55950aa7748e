package io.edgewright.compiler.bundle;

/// How the device is to run the program.
///
/// @param everyMillis from the start of one inference to the start of the next
public record RunSettings(int everyMillis, int threads) {}
