package io.edgewright.compiler;

/// A finished bundle.
///
/// @param fileName `NAME-TARGET.zip`
/// @param bundle bytes of the zip
/// @param verification how the program was checked, one sentence; not part of the bundle, which is
///   the same wherever it was made
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record CompiledModel(String fileName, byte[] bundle, String verification) {}
