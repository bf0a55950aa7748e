package io.edgewright.tally;

import java.nio.file.Path;
import java.util.List;

/// One Java source file and the methods in it that have a body.
record SourceFile(String module, boolean isTest, Path path, int lines, List<Method> methods) {

  /// `line` is where the method starts, `lines` how many it takes with its signature.
  record Method(String name, int line, int lines, int parameters) {}
}
