package io.edgewright.functions.core.store;

import java.util.List;
import java.util.Optional;

/// Some compilations, newest first, and where the next ones begin.
public record CompilationPage(List<Compilation> compilations, Optional<String> next) {
  public CompilationPage {
    compilations = List.copyOf(compilations);
  }
}
