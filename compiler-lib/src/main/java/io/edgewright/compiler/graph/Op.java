package io.edgewright.compiler.graph;

import io.edgewright.compiler.tensor.Dimension;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;

/// What a node computes. An operator stands here only because a pass or a kernel must recognise it;
/// everything else is composed by its importer. Shapes are given as ONNX names the axes.
public sealed interface Op {
  /// Input [N, C, spatial...], weights [M, C/groups, kernel...], bias [M], then the extra inputs of
  /// the epilogue, each broadcastable to the output [N, M, spatial...]. `out[n,m,y,x] =
  /// epilogue(bias[m] + sum in[n,c,y*sy+ky*dy-py,x*sx+kx*dx-px] * w[m,c,ky,kx], extras...)`
  ///
  /// Input and weights of 8 bits each, with or without a sign, give exact 32-bit sums, and the bias
  /// has 32 bits then. `outside` is what the input counts as outside the picture: zero, or the zero
  /// point of quantized numbers.
  record Convolution(Window window, int groups, long outside, Expression epilogue) implements Op {
    public Convolution {
      require(groups >= 1, "groups start at 1");
    }

    public Convolution(Window window, int groups, Expression epilogue) {
      this(window, groups, 0, epilogue);
    }

    /// The same with another epilogue.
    public Convolution withEpilogue(Expression other) {
      return new Convolution(window, groups, outside, other);
    }
  }

  /// Inputs a [..., M, K], b [..., K, N] with broadcast leading axes, then the extra inputs of the
  /// epilogue. `out[..., m, n] = epilogue(sum a[..., m, k] * b[..., k, n], extras...)` Operands of
  /// 8 bits each, with or without a sign, give exact 32-bit sums.
  record MatrixMultiply(Expression epilogue) implements Op {}

  /// One or more inputs, broadcast against each other as numpy does; one output element per
  /// position.
  record Map(Expression expression) implements Op {}

  /// Input and output [N, C, spatial...].
  record Pool(PoolKind kind, Window window) implements Op {}

  enum PoolKind {
    /// Padding counts as minus infinity.
    MAXIMUM,
    /// Divided by the number of elements inside the picture.
    AVERAGE,
    /// Divided by the size of the kernel; padding counts as zero.
    AVERAGE_WITH_PADDING
  }

  /// Axes are sorted, not negative, and are kept as extent 1.
  record Reduce(ReduceKind kind, List<Integer> axes) implements Op {
    public Reduce {
      axes = List.copyOf(axes);
    }
  }

  enum ReduceKind {
    SUM,
    MEAN,
    PRODUCT,
    MINIMUM,
    MAXIMUM
  }

  /// Index (int64) of the largest or smallest element along an axis, which is kept as extent 1; the
  /// first of several, or the last.
  record ArgumentReduce(int axis, boolean largest, boolean last) implements Op {}

  /// `exp(x - max) / sum(exp(x - max))` along an axis; with `logarithm` the logarithm of that.
  record Softmax(int axis, boolean logarithm) implements Op {}

  /// Outputs values and indices (int64), `count` along `axis`, sorted; of equal elements the one
  /// with the lower index comes first.
  record TopK(int axis, long count, boolean largest) implements Op {}

  /// Output axis i is input axis `order[i]`.
  record Transpose(List<Integer> order) implements Op {
    public Transpose {
      order = List.copyOf(order);
    }
  }

  /// The same elements in the same row-major order under another shape.
  record Reshape(Shape shape) implements Op {}

  /// Output element i along an axis is input element `starts + i * steps`; steps may be negative.
  record Slice(List<Long> starts, Shape shape, List<Long> steps) implements Op {
    public Slice {
      starts = List.copyOf(starts);
      steps = List.copyOf(steps);
    }
  }

  /// Inputs one after the other along an axis.
  record Concat(int axis) implements Op {
    public Concat {
      require(axis >= 0, "axis is counted from the front");
    }
  }

  /// Amounts per axis, zero or more (negative ones become a Slice); `value` is used by CONSTANT.
  record Pad(PadMode mode, List<Long> begin, List<Long> end, double value) implements Op {
    public Pad {
      begin = List.copyOf(begin);
      end = List.copyOf(end);
      require(
          begin.stream().allMatch(n -> n >= 0) && end.stream().allMatch(n -> n >= 0),
          "padding starts at 0");
    }
  }

  enum PadMode {
    CONSTANT,
    REFLECT,
    EDGE,
    WRAP
  }

  /// Broadcast to a larger shape.
  record Expand(Shape shape) implements Op {}

  /// Resampling to `shape`. `scales` are output over input as the model states them, per axis (they
  /// need not be the quotient of the extents).
  record Resize(
      Shape shape,
      List<Double> scales,
      ResizeMode mode,
      CoordinateMode coordinates,
      NearestMode nearest)
      implements Op {
    public Resize {
      scales = List.copyOf(scales);
    }
  }

  enum ResizeMode {
    NEAREST,
    LINEAR,
    /// Keys' kernel with a = -0.75.
    CUBIC
  }

  /// How an output position x becomes an input position.
  enum CoordinateMode {
    /// (x + 0.5) / scale - 0.5
    HALF_PIXEL,
    /// The same, but 0 where the output extent is 1.
    PYTORCH_HALF_PIXEL,
    /// x * (in - 1) / (out - 1)
    ALIGN_CORNERS,
    /// x / scale
    ASYMMETRIC
  }

  enum NearestMode {
    ROUND_PREFER_FLOOR,
    ROUND_PREFER_CEIL,
    FLOOR,
    CEIL
  }

  /// Inputs data and indices (int32 or int64, may be negative); indices' shape replaces the axis.
  record Gather(int axis) implements Op {}

  /// A picture becomes a tensor. Input uint8 [height, width, channels] whose height and width are
  /// known only at run time; output float32 [1, C, H, W], or [1, H, W, C] when `channelsLast`. `out
  /// = (pixel - mean[c]) * scale[c]`, pixels sampled bilinearly at half-pixel centres, colour made
  /// grey with the weights of BT.601; `padding`, `mean` and `scale` are in the order of `tensor`.
  record ImageToTensor(
      PixelOrder pixels,
      PixelOrder tensor,
      long width,
      long height,
      Fit fit,
      List<Double> padding,
      List<Double> mean,
      List<Double> scale,
      boolean channelsLast)
      implements Op {
    public ImageToTensor {
      padding = List.copyOf(padding);
      mean = List.copyOf(mean);
      scale = List.copyOf(scale);
      int channels = tensor == PixelOrder.GRAY ? 1 : 3;
      require(
          padding.size() == channels && mean.size() == channels && scale.size() == channels,
          "padding, mean and scale have a number for each channel of the tensor");
      requirePicture(width, height);
    }
  }

  /// Order of the channels of a picture.
  enum PixelOrder {
    RGB,
    BGR,
    GRAY
  }

  /// How a picture is brought to the size that the network wants.
  enum Fit {
    /// Both axes are scaled to fit exactly.
    STRETCH,
    /// Scaled evenly until it fits; the rest is filled with the padding colour, picture centred.
    LETTERBOX,
    /// As LETTERBOX, picture at the top left (as YOLOX was trained).
    LETTERBOX_TOP_LEFT,
    /// Scaled evenly until it covers; what juts out is cut off on both sides.
    CENTER_CROP
  }

  /// The last step of a detector. Inputs boxes [N, 4] (two opposite corners x, y, x, y in pixels of
  /// the network's input picture), scores [N, C], and the picture (uint8, only its actual height
  /// and width are read). Outputs detections [maximum, 6] (x0, y0, x1, y1 in pixels of the picture,
  /// score, class), sorted by score, and their count (int64, rank 0). Rows from the count on are
  /// zero.
  ///
  /// A box with a class is a candidate when its score is `threshold` or more; classes before
  /// `firstClass` (a background) never are. It is left out when a better one of its class, or of
  /// any with `acrossClasses`, overlaps it by an intersection over union above `overlap`, and when
  /// it has no area inside the picture. `inputWidth`, `inputHeight` and `fit` say how the picture
  /// was brought to the network's size.
  record SelectDetections(
      double threshold,
      double overlap,
      boolean acrossClasses,
      int firstClass,
      int maximum,
      long inputWidth,
      long inputHeight,
      Fit fit)
      implements Op {
    /// The same with another threshold.
    public SelectDetections withThreshold(double changed) {
      return new SelectDetections(
          changed, overlap, acrossClasses, firstClass, maximum, inputWidth, inputHeight, fit);
    }

    public SelectDetections {
      require(firstClass >= 0 && maximum >= 1, "classes start at 0, the maximum at 1");
      requirePicture(inputWidth, inputHeight);
    }
  }

  /// Runs one of two graphs. Inputs: the condition (bool, rank 0), then the inputs of the branches;
  /// both branches have all of them, read or not. Outputs: those of the branch that runs.
  record If(Graph then, Graph otherwise) implements Op {
    @Override
    public List<Graph> bodies() {
      return List.of(then, otherwise);
    }
  }

  /// Runs a graph in rounds: as many as `rounds` has room for at most, as many as the first input
  /// says, and, if it is `conditional`, only while the condition is true.
  ///
  /// Inputs: the number of rounds (int64, rank 0), the condition before the first round (bool, rank
  /// 0) if `conditional`, values that are carried from round to round, values that never change.
  /// Inputs of the body: the number of the round from 0 on (int64, rank 0), carried values, values
  /// that never change. Outputs of the body: the condition for another round if `conditional`, the
  /// carried values, then one value for each stack.
  ///
  /// Outputs: the carried values in the end, the stacks [rounds, ...] with a row for every round,
  /// and the number of rounds (int64, rank 0).
  record Loop(Graph body, int carried, Dimension rounds, boolean conditional) implements Op {
    /// Rounds where nothing is known of them when compiling; such a loop has no stacks.
    public static final long UNBOUNDED = Long.MAX_VALUE;

    public Loop {
      require(carried >= 0, "counts start at 0");
      require(body.outputs().size() >= (conditional ? 1 : 0) + carried, "too few outputs");
      require(body.inputs().size() >= 1 + carried, "too few inputs");
    }

    /// Rounds that there are at most.
    public long most() {
      return rounds.count().maximum();
    }

    /// Inputs before the carried ones.
    public int controls() {
      return conditional ? 2 : 1;
    }

    /// Outputs of the body that are stacked.
    public List<Value> rows() {
      return body.outputs().subList((conditional ? 1 : 0) + carried, body.outputs().size());
    }

    @Override
    public List<Graph> bodies() {
      return List.of(body);
    }
  }

  /// The graphs that the operator runs.
  default List<Graph> bodies() {
    return List.of();
  }

  /// The same operator with its graphs rewritten.
  default Op mapBodies(UnaryOperator<Graph> rewrite) {
    return switch (this) {
      case If(Graph then, Graph otherwise) -> new If(rewrite.apply(then), rewrite.apply(otherwise));
      case Loop(Graph body, int carried, Dimension rounds, boolean conditional) ->
          new Loop(rewrite.apply(body), carried, rounds, conditional);
      case Op _ -> this;
    };
  }

  /// Of boxes that overlap the best, for every batch and class. Inputs boxes [B, N, 4] (two
  /// opposite corners y, x, y, x, or with `centers` x, y of the centre, width, height), scores [B,
  /// C, N], and three of rank 0: the most boxes of one class (int64), the overlap (intersection
  /// over union) above which a box is left out, and the score above which it counts. Output int64
  /// `shape`, [found, 3]: batch, class, box, sorted by batch, class, and score.
  record NonMaxSuppression(boolean centers, Shape shape) implements Op {}

  /// Rows of a table, changed one after the other. Inputs data [rows, width], positions (int64,
  /// [N]), updates [N, width]; `out[positions[i]] = kind(out[positions[i]], updates[i])`, where out
  /// is the data at first. Positions outside are left out.
  record Scatter(ScatterKind kind) implements Op {}

  enum ScatterKind {
    REPLACE,
    ADD,
    MULTIPLY,
    MINIMUM,
    MAXIMUM
  }

  /// The rows of a table [rows, width], each once: sorted, or in the order in which they occur
  /// first. Outputs the rows (`shape`, [found, width]), where each occurs first (int64, [found]),
  /// for every row of the input which it is (int64, [rows]), and how often each occurs (int64,
  /// [found]). All NaN are the same, and larger than every number.
  record Unique(boolean sorted, Shape shape) implements Op {}

  /// Indices of the elements that are not zero, in row-major order. Output int64 `shape`, [axes,
  /// found].
  record NonZero(Shape shape) implements Op {}

  /// The extents that the input has in this run. Output int64 [axes].
  record Extents() implements Op {}

  private static void requirePicture(long width, long height) {
    require(width >= 1 && height >= 1, "pictures have pixels");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
