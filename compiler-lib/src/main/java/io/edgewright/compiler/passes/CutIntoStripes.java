package io.edgewright.compiler.passes;

import io.edgewright.compiler.graph.Cost;
import io.edgewright.compiler.graph.Graph;
import io.edgewright.compiler.graph.Node;
import io.edgewright.compiler.graph.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `b = f(a); c = g(b)` -> the same for some rows of c after the other, see [RowStripes], where
/// large pictures go from window to window: b is never there as a whole.
///
/// Not where less than [#LARGE] bytes are in use, since every stripe has kernels of its own; not
/// where the rows that two stripes compute are more than [#MOST_REPEATED] of the work; not where
/// less than a third of the memory is saved.
final class CutIntoStripes {
  private static final long LARGE = 8L << 20;
  private static final double MOST_REPEATED = 0.05;
  private static final int MOST_STRIPES = 8;
  private static final int MOST_LAYERS = 12;

  /// What one more kernel costs: about its size in the program.
  private static final long KERNEL_BYTES = 16L << 10;

  private final Graph graph;
  private final int from;
  private final int to;
  private final long before;

  /// @param from first of the layers, in the order of the nodes
  /// @param to the node after the last
  /// @param before bytes in use while they run
  private CutIntoStripes(Graph graph, int from, int to, long before) {
    this.graph = graph;
    this.from = from;
    this.to = to;
    this.before = before;
  }

  static Graph rewrite(Graph graph) {
    Map<Value, Integer> readers = graph.readers();
    Graph current = graph;
    long[] live = LiveBytes.of(graph);
    int at = 0;
    while (at < current.nodes().size()) {
      int end = endOfRun(current.nodes(), at, readers);
      long most = LiveBytes.most(live, at, end);
      Optional<Graph> cut =
          most < LARGE ? Optional.empty() : new CutIntoStripes(current, at, end, most).best();
      if (cut.isPresent()) {
        end += cut.get().nodes().size() - current.nodes().size();
        current = cut.get();
        live = LiveBytes.of(current);
      }
      at = end;
    }
    return current;
  }

  /// The node after those that only pass a picture on, each to the next.
  private static int endOfRun(List<Node> nodes, int from, Map<Value, Integer> readers) {
    int end = from + 1;
    while (end < nodes.size()
        && RowStripes.isLayer(nodes.get(end - 1))
        && RowStripes.isLayer(nodes.get(end))
        && nodes.get(end).input(0).equals(nodes.get(end - 1).output())
        && readers.getOrDefault(nodes.get(end).input(0), 0) == 1) {
      end++;
    }
    return end;
  }

  /// @param bytes in use while the layers run
  private record Cut(Graph graph, long bytes) {
    long price() {
      return bytes + KERNEL_BYTES * graph.nodes().size();
    }
  }

  private Optional<Graph> best() {
    return IntStream.range(from, to - 1)
        .boxed()
        .flatMap(first ->
            IntStream.rangeClosed(first + 2, Math.min(to, first + MOST_LAYERS))
                .boxed()
                .flatMap(end -> cuts(first, end)))
        .filter(cut -> 3 * cut.bytes <= 2 * before)
        .min(Comparator.comparingLong(Cut::price))
        .map(Cut::graph);
  }

  private Stream<Cut> cuts(int first, int end) {
    List<Node> layers = graph.nodes().subList(first, end);
    double most = operations(layers) * (1 + MOST_REPEATED);
    return IntStream.rangeClosed(2, MOST_STRIPES)
        .mapToObj(count -> RowStripes.of(graph, layers, count))
        .flatMap(Optional::stream)
        .takeWhile(stripes -> operations(stripes) <= most)
        .map(stripes -> cut(first, end, stripes));
  }

  private Cut cut(int first, int end, List<Node> stripes) {
    List<Node> nodes = new ArrayList<>(graph.nodes().subList(0, first));
    nodes.addAll(stripes);
    nodes.addAll(graph.nodes().subList(end, graph.nodes().size()));
    Graph changed = new Graph(graph.inputs(), graph.outputs(), graph.constants(), nodes);
    int growth = nodes.size() - graph.nodes().size();
    return new Cut(changed, LiveBytes.most(LiveBytes.of(changed), from, to + growth));
  }

  private static double operations(List<Node> nodes) {
    return nodes.stream().mapToDouble(node -> Cost.of(node).operations()).sum();
  }
}
