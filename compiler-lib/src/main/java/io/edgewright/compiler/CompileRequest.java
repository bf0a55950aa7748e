package io.edgewright.compiler;

import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.target.Target;

/// What is to be compiled for one device.
///
/// @param model bytes of the ONNX file, not changed afterwards
@SuppressWarnings("ArrayRecordComponent") // up to 512 MB, handed on once, never compared
public record CompileRequest(byte[] model, Manifest manifest, Target target) {}
