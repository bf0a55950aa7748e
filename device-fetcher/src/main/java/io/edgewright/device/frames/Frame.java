package io.edgewright.device.frames;

import io.edgewright.device.json.JsonText;

/**
 * One frame, byte for byte as the model reads it.
 *
 * @param source where it came from, for the result line
 */
@SuppressWarnings(
    "ArrayRecordComponent") // never compared; a copy of each picture would cost memory
public record Frame(String source, byte[] bytes) {

  /** The runner's own line, with the name of this frame's source in front. */
  public String named(String line) {
    String rest = line.substring(line.indexOf('{') + 1);
    String separator = rest.strip().equals("}") ? "" : ",";
    return "{\"source\":" + JsonText.print(source) + separator + rest;
  }
}
