package io.edgewright.compiler.diagnostics;

/// Where a problem is, as one phrase that a user can search for: a node of the model, an input, a
/// place in the manifest.
public record Location(String text) {
  /// The model as a whole.
  public static final Location MODEL = new Location("model");

  /// An ONNX node: name (or first output where it has none) and operator.
  public static Location node(String name, String operator) {
    return new Location("node `" + name + "` (" + operator + ")");
  }

  /// An attribute of an ONNX node.
  public static Location attribute(String node, String operator, String attribute) {
    return new Location(node(node, operator).text() + ", attribute `" + attribute + "`");
  }

  /// A graph input, output, initializer or intermediate value.
  public static Location value(String name) {
    return new Location("value `" + name + "`");
  }

  /// A JSON pointer into the manifest, such as `/inputs/images/resize`.
  public static Location manifest(String pointer) {
    return new Location("manifest " + (pointer.isEmpty() ? "/" : pointer));
  }

  /// A place in the manifest by the names and indices on the way to it.
  public static Location manifestAt(String... way) {
    StringBuilder pointer = new StringBuilder();
    for (String step : way) {
      pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
    }
    return manifest(pointer.toString());
  }

  /// An option of the command line.
  public static Location option(String option) {
    return new Location("option " + option);
  }

  @Override
  public String toString() {
    return text;
  }
}
