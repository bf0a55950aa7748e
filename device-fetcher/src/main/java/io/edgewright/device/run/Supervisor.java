package io.edgewright.device.run;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.frames.Frame;
import io.edgewright.device.frames.FrameLayout;
import io.edgewright.device.frames.FrameSource;
import io.edgewright.device.store.BundleShelf;
import io.edgewright.device.store.BundleShelf.Installed;
import io.edgewright.device.store.Slots;
import io.edgewright.device.store.Store;
import io.edgewright.device.transport.Patience;
import io.edgewright.device.update.Reports;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the active bundle's model over frames.
 *
 * <p>A model that crashes, hangs, babbles or never rests is started again after a pause that grows.
 * A bundle that fails three times before its first result, or on three frames in a row, is given
 * up: the device goes back to its last good one and says why in its next report. Each frame is
 * tried with whatever runs then. When a sync has activated another bundle, the next frame goes to
 * that one.
 */
public final class Supervisor implements AutoCloseable {
  private static final int MOST_TRIES = 3;
  private static final int MOST_FAILED_FRAMES = 3;

  /**
   * How patient the supervisor is.
   *
   * @param frame how long a frame may take
   * @param every the least time between the starts of two frames; empty for the bundle's own
   * @param cpuPercent of one core, what the model may take over time; empty for all it asks for
   */
  public record Pace(Duration frame, OptionalLong every, OptionalLong cpuPercent) {}

  private final Store store;
  private final BundleShelf shelf;
  private final Reports reports;
  private final Pace pace;
  private final Patience patience;
  private final Patience.Pause pause;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final Watchdog watchdog = new Watchdog();
  private Sparing sparing = Sparing.NONE;

  private @Nullable Installed bundle;
  private @Nullable ModelProcess model;
  private int failedFrames;
  private int restless;
  private boolean hasComplained;

  public Supervisor(Store store, Pace pace, Surroundings surroundings) {
    this.store = store;
    this.shelf = new BundleShelf(store.disk(), store.home());
    this.reports = new Reports(store);
    this.pace = pace;
    this.patience = surroundings.patience();
    this.pause = surroundings.pause();
    this.random = surroundings.random();
    this.clock = surroundings.clock();
    this.log = surroundings.log();
  }

  /** Lets somebody decide when a frame may be begun. */
  public Supervisor sparing(Sparing newSparing) {
    sparing = newSparing;
    return this;
  }

  /** Time, chance, and somebody to tell. */
  public record Surroundings(
      Patience patience,
      Patience.Pause pause,
      RandomGenerator random,
      InstantSource clock,
      Consumer<String> log) {}

  /**
   * Runs frames until the source or the count ends.
   *
   * @return the last problem with a single frame, if any; problems that end everything are thrown
   */
  public Optional<DeviceException> run(FrameSource source, long count, ResultTaker results) {
    Optional<DeviceException> problem = Optional.empty();
    for (long done = 0; done < count; done++) {
      long started = System.nanoTime();
      try {
        sparing.admit(installed().manifest().run());
        Optional<Frame> frame = source.next(layout());
        if (frame.isEmpty()) {
          break;
        }
        sparing.begin();
        String line = answer(frame.get());
        sparing.end();
        results.take(frame.get().named(line), Objects.requireNonNull(bundle));
        failedFrames = 0;
      } catch (DeviceException exception) {
        if (!isOfOneFrame(exception.code())) {
          throw exception;
        }
        log.accept(exception.problem().sentence());
        problem = Optional.of(exception);
      }
      if (done + 1 < count) {
        rest(source.isPaced(), Duration.ofNanos(System.nanoTime() - started));
      }
    }
    return problem;
  }

  @Override
  public void close() {
    stopModel();
    watchdog.close();
  }

  private String answer(Frame frame) {
    int tries = 0;
    while (true) {
      try {
        String line = running().run(frame, watchdog, pace.frame());
        confirm();
        return line;
      } catch (DeviceException failure) {
        if (isOfTheModel(failure.code()) || model == null || !model.isAlive()) {
          stopModel();
        }
        if (!isOfTheModel(failure.code())) {
          throw failure;
        }
        tries++;
        log.accept(failure.problem().sentence());
        countRestless(failure);
        if (tries == MOST_TRIES) {
          giveUp(failure);
          tries = 0;
        }
        pause.sleep(patience.delay(tries + 1, random));
      }
    }
  }

  /** A program that never rests answers after every new start, and is none the better for it. */
  private void countRestless(DeviceException failure) {
    if (failure.code() == DeviceErrorCode.MODEL_RESTLESS && ++restless == MOST_TRIES) {
      restless = 0;
      rollBack(failure, true);
    }
  }

  /** Three tries brought nothing: it is the bundle, or it is this frame. */
  private void giveUp(DeviceException failure) {
    failedFrames++;
    boolean proven = store.slots().active().map(Slots.Slot::confirmed).orElse(false);
    if (proven && failedFrames < MOST_FAILED_FRAMES) {
      throw failure;
    }
    failedFrames = 0;
    rollBack(failure, true);
  }

  /** Throws where there is nothing to go back to. */
  private void rollBack(DeviceException failure, boolean forGood) {
    Slots before = store.slots();
    Slots.Slot failed = before.active().orElseThrow(Supervisor::nothingInstalled);
    Optional<String> backTo = before.lastGood().map(Slots.Slot::bundle);
    bundle = null;
    if (backTo.isPresent()) {
      reports.rolledBack(failed.bundle(), backTo.get(), failure.problem(), clock.instant());
    } else if (!hasComplained) {
      reports.failed(failed.bundle(), failure.problem(), clock.instant());
      hasComplained = true;
    }
    if (backTo.isEmpty() && forGood) {
      throw failure; // better the only bundle there is than none: it stays, to be tried again
    }
    store.updateSlots(slots -> without(slots, failed, failure, forGood));
    if (backTo.isEmpty()) {
      throw failure;
    }
    log.accept("back to the last good bundle " + backTo.get().substring(0, 12));
  }

  private Slots without(Slots slots, Slots.Slot failed, DeviceException failure, boolean forGood) {
    Slots back = slots.isActive(failed.bundle()) ? slots.rollBack() : slots;
    String words = failure.problem().sentence();
    String code = failure.code().id();
    return forGood ? back.refuse(failed.bundle(), code, words, true, clock.instant()) : back;
  }

  private FrameLayout layout() {
    Installed installed = installed();
    return new FrameLayout(installed.manifest().name(), installed.manifest().inputs());
  }

  private ModelProcess running() {
    Installed installed = installed();
    ModelProcess current = model;
    if (current == null) {
      current = ModelProcess.start(store.home().bundle(installed.bundle()), installed);
      model = current;
    }
    return current;
  }

  /** The active bundle; every byte of it is checked when it is first used by this process. */
  private Installed installed() {
    Slots.Slot active = store.slots().active().orElseThrow(Supervisor::nothingInstalled);
    Installed current = bundle;
    if (current != null && current.bundle().equals(active.bundle())) {
      return current;
    }
    stopModel();
    failedFrames = 0;
    restless = 0;
    try {
      Installed verified = shelf.verify(active);
      bundle = verified;
      return verified;
    } catch (DeviceException damage) {
      log.accept(damage.problem().sentence());
      rollBack(damage, false);
      return installed();
    }
  }

  private void confirm() {
    String running = Objects.requireNonNull(bundle).bundle();
    Optional<Slots.Slot> active = store.slots().active();
    if (active.filter(slot -> !slot.confirmed() && slot.bundle().equals(running)).isPresent()) {
      store.updateSlots(slots -> slots.isActive(running) ? slots.confirm() : slots);
    }
  }

  private void rest(boolean isPaced, Duration spent) {
    OptionalLong own = installed().manifest().run().everyMillis();
    long every = isPaced ? pace.every().orElse(own.orElse(0)) : 0;
    Duration period = Duration.ofMillis(Math.max(every, millisForCpu()));
    Duration left = period.minus(spent);
    if (!left.isNegative() && !left.isZero()) {
      pause.sleep(left);
    }
  }

  /** How long the last frame has to last, so that its processor time is no more than the share. */
  private long millisForCpu() {
    ModelProcess current = model;
    return current == null || pace.cpuPercent().isEmpty()
        ? 0
        : current.cpuOfFrame().toMillis() * 100 / pace.cpuPercent().getAsLong();
  }

  private void stopModel() {
    if (model != null) {
      model.close();
      model = null;
    }
  }

  private static boolean isOfTheModel(DeviceErrorCode code) {
    return code == DeviceErrorCode.MODEL_CRASHED
        || code == DeviceErrorCode.MODEL_HUNG
        || code == DeviceErrorCode.MODEL_RESTLESS
        || code == DeviceErrorCode.MODEL_OUTPUT_MALFORMED;
  }

  /** After these the next frame may well be fine. */
  private boolean isOfOneFrame(DeviceErrorCode code) {
    boolean running = store.slots().active().map(Slots.Slot::confirmed).orElse(false);
    return code == DeviceErrorCode.FRAME_UNREADABLE
        || code == DeviceErrorCode.FRAME_TOO_LARGE
        || code == DeviceErrorCode.FRAME_COMMAND_FAILED
        || (isOfTheModel(code) && running);
  }

  private static DeviceException nothingInstalled() {
    return new DeviceException(
        DeviceErrorCode.NOTHING_INSTALLED,
        "home folder",
        "no active bundle",
        "a bundle that `sync` has installed",
        "deploy a compilation to this device's group, then run `sync --once`");
  }
}
