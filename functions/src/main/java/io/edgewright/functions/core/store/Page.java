package io.edgewright.functions.core.store;

import java.util.List;
import java.util.Optional;

/// A part of a long list, and where the rest begins.
///
/// @param next what to ask with for the items after these; absent at the end of the list
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }
}
