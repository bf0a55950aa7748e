package io.edgewright.functions.core.store;

import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceProblem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Compilations, the progress of their targets, and which group runs which. Every write is
/// conditional: a worker that was left behind cannot overwrite what a later attempt wrote.
public interface CompilationStore {
  /// Records a new compilation, all of its targets queued. Where one of the same id was deleted,
  /// the new one's attempts go on after those of the old one, whatever the argument says: what is
  /// left of the old one's work must not be taken for the new one's.
  ///
  /// @return false when a compilation of this id exists; it stays as it is
  boolean create(Compilation compilation);

  Optional<Compilation> find(String id);

  /// @param cursor the `next` of the page before
  /// @throws IllegalArgumentException when the cursor is none of ours
  Page<Compilation> newestFirst(int limit, Optional<String> cursor);

  /// Compilations that are neither done nor failed, oldest first.
  List<Compilation> unfinished();

  /// @return false when the compilation is gone or in another attempt
  boolean setState(String id, int attempt, State state, List<ServiceProblem> problems, Instant at);

  /// What is done stays done, since devices may run it: nothing but the same bundle can be written
  /// over it.
  ///
  /// @return false when the compilation is gone, in another attempt, or has no such target, and
  ///   when the target is done otherwise
  boolean setTarget(String id, int attempt, TargetStatus status, Instant at);

  /// Starts the next attempt: targets that are not done are queued again.
  ///
  /// @return false when the compilation is gone or in another attempt already
  boolean restart(String id, int attempt, Instant at);

  /// Ends the attempt: whatever is not finished is cancelled, and nothing that the attempt writes
  /// from now on counts, because its number is over.
  ///
  /// @return false when the compilation is gone, finished, or in another attempt
  boolean cancel(String id, int attempt, Instant at);

  /// Says that the compilation is about to store this bundle, before it does. Bundles are stored by
  /// their digest, and two compilations can have the same one.
  ///
  /// @return false when the compilation is gone or in another attempt, or while an equal bundle is
  ///   being deleted
  boolean useBundle(String id, int attempt, Digest bundle);

  /// Deletes the compilation unless devices of a group may run it, or would after a roll-back.
  Deletion delete(String id);

  /// Bundles that no compilation uses any more and whose objects are still to be deleted.
  List<Digest> doomedBundles();

  /// Notes that the objects of a doomed bundle are deleted.
  void forgetBundle(Digest bundle);

  sealed interface Deletion {
    /// @param doomed the bundles that only this compilation used
    record Deleted(List<Digest> doomed) implements Deletion {
      public Deleted {
        doomed = List.copyOf(doomed);
      }
    }

    record Deployed(List<String> groups) implements Deletion {
      public Deployed {
        groups = List.copyOf(groups);
      }
    }

    record Unknown() implements Deletion {}
  }
}
