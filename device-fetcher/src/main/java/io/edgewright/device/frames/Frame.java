package io.edgewright.device.frames;

/**
 * One frame, byte for byte as the model reads it.
 *
 * @param source where it came from, for the result line
 */
@SuppressWarnings(
    "ArrayRecordComponent") // never compared; a copy of each picture would cost memory
public record Frame(String source, byte[] bytes) {}
