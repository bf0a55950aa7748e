package io.edgewright.compiler.diagnostics;

/// One problem in the caller's terms. All sentences are lower case, identifiers in backticks.
///
/// @param where the place in the model, the manifest or the options
/// @param seen what was found there
/// @param allowed what would have been fine
/// @param hint the next step to take
public record Problem(ErrorCode code, Location where, String seen, String allowed, String hint) {
  /// One paragraph for people.
  public String sentence() {
    return code.id() + " " + where + ": " + seen + "; allowed: " + allowed + ". " + hint + ".";
  }
}
