package io.edgewright.compiler;

import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.ManifestReader;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The options of one `compile` or `plan`.
///
/// @param targets those of the command line; they replace the manifest's
/// @param dims those of the command line; they win over the manifest's
/// @param report whether a page goes beside each bundle
/// @param frame the inputs for `--explain-accuracy`; without files the golden frame
record CompileOptions(
    Verb verb,
    Path model,
    Optional<Path> manifest,
    List<String> targets,
    Map<String, Dimension> dims,
    Path folder,
    Task task,
    FrameFiles frame,
    boolean report,
    boolean help) {
  /// What is to come out.
  enum Task {
    BUNDLES,
    /// `--emit c`
    SOURCE,
    /// `--explain-accuracy`
    ACCURACY
  }

  private static final Pattern DIM =
      Pattern.compile("(.+)=(\\.\\.)?([1-9][0-9]{0,9})", Pattern.DOTALL);

  private static final String DEFAULT_NAME = "model";
  private static final long LARGEST_FILE_BYTES = 512L << 20;

  /// @throws CompileException with everything that is wrong with the arguments
  static CompileOptions parse(List<String> arguments) {
    return new Parser(arguments).parse();
  }

  byte[] readModel() throws IOException {
    return read(model, "the model");
  }

  /// The manifest with what the command line says on top; without one every tensor is raw.
  Manifest readManifest() throws IOException {
    Manifest read =
        manifest.isPresent()
            ? ManifestReader.read(read(manifest.get(), "--manifest"))
            : Manifest.raw(productName());
    Manifest withDims = read.withDims(dims);
    return targets.isEmpty()
        ? withDims
        : withDims.withTargets(targets.stream().map(withDims::choice).toList());
  }

  /// The frame of `--input`, if any.
  Optional<Function<List<Port>, List<Tensor>>> readFrame() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : frame.files()) {
      contents.add(read(file, "--input"));
    }
    return contents.isEmpty()
        ? Optional.empty()
        : Optional.of(ports -> frame.read(contents, ports));
  }

  Location targetLocation() {
    return targets.isEmpty() && manifest.isPresent()
        ? Location.manifest("/targets")
        : Location.option("--target");
  }

  /// The file's name without its ending, in the letters that a product's name may have.
  private String productName() {
    String file = String.valueOf(model.getFileName()).replaceFirst("\\.onnx$", "");
    String name = file.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    String bounded = name.substring(0, Math.min(name.length(), 63));
    return bounded.isEmpty() ? DEFAULT_NAME : bounded;
  }

  private static byte[] read(Path file, String what) throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new CompileException(
          ErrorCode.OPTION_INVALID,
          Location.option(what),
          "`" + file + "` is not a file that can be read",
          "the path of a file",
          "check the path and its permissions");
    }
    long bytes = Files.size(file);
    if (bytes > LARGEST_FILE_BYTES) {
      throw new CompileException(
          ErrorCode.MODEL_TOO_LARGE,
          Location.option(what),
          bytes + " bytes",
          LARGEST_FILE_BYTES + " bytes",
          "compile a smaller model");
    }
    return Files.readAllBytes(file);
  }

  /// Reads arguments from the left and collects what is wrong with them.
  private static final class Parser {
    private final Deque<String> left;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> models = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    private final Map<String, Dimension> dims = new LinkedHashMap<>();
    private Optional<Path> manifest = Optional.empty();
    private Path folder = Path.of("");
    private final List<Path> inputs = new ArrayList<>();
    private Task task = Task.BUNDLES;
    private boolean report;
    private boolean help;
    private Verb verb = Verb.COMPILE;

    Parser(List<String> arguments) {
      this.left = new ArrayDeque<>(arguments);
    }

    CompileOptions parse() {
      String word = left.isEmpty() ? "help" : left.pop();
      Optional<Verb> named = Verb.named(word);
      verb = named.orElse(verb);
      if (named.isEmpty()) {
        help = word.equals("--help") || word.equals("help");
        wrong("command", "`" + word + "`", "`compile` or `plan`");
      }
      while (!left.isEmpty()) {
        argument(left.pop());
      }
      if (!help && models.size() != 1) {
        wrong("MODEL.onnx", models.isEmpty() ? "no model" : models.size() + " models", "one model");
      }
      if (!inputs.isEmpty() && task != Task.ACCURACY) {
        wrong("--input", "no --explain-accuracy beside it", verb.usage());
      }
      if (!help && !problems.isEmpty()) {
        throw new CompileException(problems);
      }
      Path model = Path.of(models.isEmpty() ? "" : models.getFirst());
      return new CompileOptions(
          verb, model, manifest, targets, dims, folder, task, new FrameFiles(inputs), report, help);
    }

    private void argument(String argument) {
      if (argument.startsWith("-") && !verb.takes(argument)) {
        wrong(argument, "an option that does not exist", verb.usage());
        return;
      }
      switch (argument) {
        case "--manifest" -> value(argument).ifPresent(v -> manifest = Optional.of(Path.of(v)));
        case "--target" -> value(argument).ifPresent(targets::add);
        case "--dim" -> value(argument).ifPresent(this::dim);
        case "-o" -> value(argument).ifPresent(v -> folder = Path.of(v));
        case "--emit" -> value(argument).ifPresent(this::emit);
        case "--explain-accuracy" -> task = Task.ACCURACY;
        case "--input" -> value(argument).map(Path::of).ifPresent(inputs::add);
        case "--report" -> report = true;
        case "--json" -> {}
        case "--help", "-h" -> help = true;
        default -> models.add(argument);
      }
    }

    private Optional<String> value(String option) {
      if (left.isEmpty()) {
        wrong(option, "no value behind it", verb.usage());
        return Optional.empty();
      }
      return Optional.of(left.pop());
    }

    private void emit(String form) {
      task = Task.SOURCE;
      if (!form.equals("c")) {
        wrong("--emit", "`" + form + "`", "`c`");
      }
    }

    private void dim(String text) {
      Matcher parts = DIM.matcher(text);
      if (!parts.matches()) {
        String allowed = "NAME=N or NAME=..N with N a number from 1, such as batch=1 or batch=..8";
        wrong("--dim", "`" + text + "`", allowed);
        return;
      }
      String name = parts.group(1);
      long number = Long.parseLong(parts.group(3));
      boolean range = parts.group(2) != null;
      dims.put(name, range ? Dimension.range(name, number) : Dimension.of(number));
    }

    private void wrong(String where, String seen, String allowed) {
      problems.add(
          new Problem(
              ErrorCode.OPTION_INVALID,
              Location.option(where),
              seen,
              allowed,
              "see `./edgewright help`"));
    }
  }
}
