package io.edgewright.bench;

import java.util.ArrayList;
import java.util.List;

/// Two contenders in turns, so that both see the same weather on the machine.
///
/// A turn is some milliseconds of inferences, each timed on its own. Before it there is a pause, so
/// that threads of the other side which still wait for work have gone to sleep (a helper of ONNX
/// Runtime keeps its processor busy for 10 to 30 ms), and one inference that is not counted, so
/// that each side finds its own data in the caches.
///
/// @param theirs times in milliseconds
/// @param ours likewise
record Duel(Spread theirs, Spread ours) {
  private static final int WARM_UP = 3;
  private static final int PAUSE_MILLIS = 3;
  private static final int PAUSE_WITH_HELPERS_MILLIS = 60;

  /// How long a duel takes.
  ///
  /// @param turns of each side
  /// @param turnMillis at least one inference is made in a turn, however long it takes
  record Length(int turns, int turnMillis) {
    static final Length FULL = new Length(25, 25);
    static final Length QUICK = new Length(7, 10);
  }

  /// @param threads of each side
  static Duel between(Contender theirs, Contender ours, int threads, Length length)
      throws InterruptedException {
    int pause = threads > 1 ? PAUSE_WITH_HELPERS_MILLIS : PAUSE_MILLIS;
    for (int i = 0; i < WARM_UP; i++) {
      theirs.run();
      ours.run();
    }
    List<Double> theirTimes = new ArrayList<>();
    List<Double> ourTimes = new ArrayList<>();
    for (int turn = 0; turn < length.turns(); turn++) {
      Thread.sleep(pause);
      take(theirs, length.turnMillis(), theirTimes);
      Thread.sleep(pause);
      take(ours, length.turnMillis(), ourTimes);
    }
    return new Duel(Spread.of(theirTimes), Spread.of(ourTimes));
  }

  private static void take(Contender contender, int turnMillis, List<Double> times) {
    contender.run();
    long end = System.nanoTime() + turnMillis * 1_000_000L;
    long start = System.nanoTime();
    do {
      contender.run();
      long stop = System.nanoTime();
      times.add((stop - start) / 1e6);
      start = stop;
    } while (start < end);
  }

  /// How many times as fast ours is, by the medians.
  double ratio() {
    return theirs.median() / ours.median();
  }

  /// The same by the fastest inferences, which other load on the machine disturbs least.
  double ratioOfFastest() {
    return theirs.fastest() / ours.fastest();
  }
}
