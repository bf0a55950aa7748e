package io.edgewright.compiler;

import io.edgewright.compiler.codegen.Port;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.ErrorCode;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.onnx.TensorFile;
import io.edgewright.compiler.tensor.Count;
import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One frame out of files, `--input FILE` for each input in order: `.npy` as numpy saves arrays, or
/// `.pb` as ONNX's tests store tensors. A picture is uint8 [height, width, channels].
record FrameFiles(List<Path> files) {
  private static final Location WHERE = Location.option("--input");

  FrameFiles {
    files = List.copyOf(files);
  }

  /// @param contents of the files
  /// @throws CompileException when they are not what the program takes
  List<Tensor> read(List<byte[]> contents, List<Port> ports) {
    if (files.size() != ports.size()) {
      throw wrong(
          files.size() + " files",
          "one for each of the inputs " + ports.stream().map(Port::name).toList());
    }
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Tensor tensor =
          files.get(i).toString().endsWith(".npy")
              ? NpyFile.read(contents.get(i), WHERE)
              : TensorFile.read(contents.get(i), WHERE);
      check(files.get(i), tensor, ports.get(i));
      tensors.add(tensor);
    }
    return tensors;
  }

  private static void check(Path file, Tensor tensor, Port port) {
    List<Dimension> wanted = port.shape().dimensions();
    List<Dimension> given = tensor.shape().dimensions();
    boolean fits = tensor.element() == port.element() && given.size() == wanted.size();
    for (int axis = 0; fits && axis < wanted.size(); axis++) {
      fits =
          switch (wanted.get(axis)) {
            case Dimension.Fixed fixed -> fixed.equals(given.get(axis));
            case Dimension.Bounded(Count count) -> count.meets(given.get(axis).count());
            case Dimension.Symbol _ -> tensor.shape().extent(axis) >= 1;
          };
    }
    if (!fits || tensor.type().bytes() > port.bytes()) {
      throw wrong(
          "`" + file + "` with " + tensor.type(),
          "%s%s for `%s`".formatted(port.element().text(), port.shape(), port.name()));
    }
  }

  private static CompileException wrong(String seen, String allowed) {
    return new CompileException(
        ErrorCode.OPTION_INVALID,
        WHERE,
        seen,
        allowed,
        "give the files in the order of the inputs");
  }
}
