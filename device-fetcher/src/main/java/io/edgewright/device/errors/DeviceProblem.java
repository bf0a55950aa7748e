package io.edgewright.device.errors;

/**
 * One problem in words that the reader can act on. Sentences are lower case, identifiers in
 * backticks.
 *
 * @param where the file, field, address or command
 * @param seen what was found there
 * @param allowed what would have been fine
 * @param hint the next step to take
 */
public record DeviceProblem(
    DeviceErrorCode code, String where, String seen, String allowed, String hint) {

  /** One paragraph for people. */
  public String sentence() {
    return code.id() + " " + where + ": " + seen + "; allowed: " + allowed + ". " + hint + ".";
  }
}
