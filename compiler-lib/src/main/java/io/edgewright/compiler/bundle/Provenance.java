package io.edgewright.compiler.bundle;

/// What a bundle was made from; each is a SHA-256 in hexadecimal.
///
/// @param compiler of the compiler with its toolchain
/// @param model of the ONNX file
/// @param manifest of the normalised manifest
public record Provenance(String compiler, String model, String manifest) {}
