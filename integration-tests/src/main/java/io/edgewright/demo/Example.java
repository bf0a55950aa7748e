package io.edgewright.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A model, its manifest and a picture, as a folder of `docs/examples` holds them.
record Example(Path folder) {

  /// The example called `name`.
  static Example named(Path project, String name) throws IOException {
    Path examples = project.resolve("docs/examples");
    Path folder = examples.resolve(name);
    if (name.contains("/") || !Files.exists(folder.resolve("manifest.json"))) {
      throw new DemoException("no example `%s`; there are: %s".formatted(name, names(examples)));
    }
    return new Example(folder);
  }

  private static List<String> names(Path examples) throws IOException {
    try (Stream<Path> folders = Files.list(examples)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  Path model() {
    return folder.resolve("model.onnx");
  }

  Path manifest() {
    return folder.resolve("manifest.json");
  }

  Path picture() {
    return folder.resolve("picture.png");
  }
}
