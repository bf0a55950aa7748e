package io.edgewright.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What is to be measured.
///
/// @param models ONNX files; data is taken from the `test_data_set_K` beside each
/// @param quick fewer rounds: for a look, not for a figure
record BenchOptions(List<Path> models, boolean quick) {
  static final String USAGE = "usage: bench [MODEL.onnx ...] [--quick]";

  BenchOptions {
    models = List.copyOf(models);
  }

  /// @param testdata where the shared models lie; measured when no model is named
  /// @throws BenchException when there is nothing to measure or an argument is wrong
  static BenchOptions parse(List<String> arguments, Path testdata) throws BenchException {
    List<Path> models = new ArrayList<>();
    boolean quick = false;
    for (String argument : arguments) {
      if (argument.equals("--quick")) {
        quick = true;
      } else if (argument.startsWith("-")) {
        throw new BenchException("unknown option " + argument + "\n" + USAGE);
      } else {
        models.add(existing(Path.of(argument)));
      }
    }
    if (models.isEmpty()) {
      models = shared(testdata);
    }
    return new BenchOptions(models, quick);
  }

  private static Path existing(Path model) throws BenchException {
    if (!Files.isRegularFile(model)) {
      throw new BenchException("`" + model + "` is not a file\n" + USAGE);
    }
    return model;
  }

  private static List<Path> shared(Path testdata) throws BenchException {
    List<Path> models = new ArrayList<>();
    for (String folder : List.of("models", "commit-ok/models")) {
      try (Stream<Path> cases = Files.list(testdata.resolve(folder))) {
        cases
            .map(one -> one.resolve("model.onnx"))
            .filter(Files::isRegularFile)
            .sorted(Comparator.comparing(Path::toString))
            .forEach(models::add);
      } catch (java.io.IOException absent) {
        throw new BenchException(
            "no model was named, and there are no models in " + testdata + "\n" + USAGE, absent);
      }
    }
    return models;
  }
}
