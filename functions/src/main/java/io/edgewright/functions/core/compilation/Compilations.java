package io.edgewright.functions.core.compilation;

import io.edgewright.compiler.diagnostics.Blame;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Artifact;
import io.edgewright.functions.core.store.Compilation;
import io.edgewright.functions.core.store.CompilationStore;
import io.edgewright.functions.core.store.CompilationStore.Deletion;
import io.edgewright.functions.core.store.Content;
import io.edgewright.functions.core.store.Inspector;
import io.edgewright.functions.core.store.Inspector.ReadManifest;
import io.edgewright.functions.core.store.ObjectStore;
import io.edgewright.functions.core.store.Page;
import io.edgewright.functions.core.store.State;
import io.edgewright.functions.core.store.TargetStatus;
import io.edgewright.functions.core.store.Workflow;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Takes requests for compilations and answers questions about them.
public final class Compilations {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final CompilationStore compilations;
  private final ObjectStore objects;
  private final Inspector inspector;
  private final Workflow workflow;
  private final Clock clock;

  public Compilations(
      CompilationStore compilations,
      ObjectStore objects,
      Inspector inspector,
      Workflow workflow,
      Clock clock) {
    this.compilations = compilations;
    this.objects = objects;
    this.inspector = inspector;
    this.workflow = workflow;
    this.clock = clock;
  }

  /// @param created false when the same request was made before
  public record Submission(Compilation compilation, boolean created) {}

  /// A manifest with the model beside it.
  ///
  /// @throws ServiceException with every problem of both
  public Submission submit(byte[] manifest, byte[] model) throws IOException {
    List<ServiceProblem> problems = new ArrayList<>();
    Optional<ReadManifest> read = readManifest(inspector, manifest, problems);
    problems.addAll(
        read.map(known -> inspector.inspect(model, known))
            .orElseGet(() -> inspector.inspect(model)));
    if (read.isEmpty() || !problems.isEmpty()) {
      throw new ServiceException(problems);
    }
    Digest digest = Digest.of(model);
    objects.putIfAbsent(Compilation.modelKey(digest), Content.of(model));
    return submit(read.get(), digest);
  }

  /// A manifest for a model that was uploaded before. The model itself is looked at by the
  /// workflow.
  ///
  /// @throws ServiceException with every problem of the manifest, or when there is no such model
  public Submission submit(byte[] manifest, Digest model) throws IOException {
    List<ServiceProblem> problems = new ArrayList<>();
    Optional<ReadManifest> read = readManifest(inspector, manifest, problems);
    if (objects.size(Compilation.modelKey(model)).isEmpty()) {
      problems.add(notUploaded(model));
    }
    if (read.isEmpty() || !problems.isEmpty()) {
      throw new ServiceException(problems);
    }
    return submit(read.get(), model);
  }

  static ServiceProblem notUploaded(Digest model) {
    return ServiceProblem.of(
        ServiceErrorCode.MODEL_NOT_UPLOADED,
        "/model",
        "`" + model + "`, which is not here",
        "the digest of a model that was uploaded",
        "ask `POST /v1/models` for an address and PUT the model there");
  }

  /// Empty where it has problems, which are noted.
  static Optional<ReadManifest> readManifest(
      Inspector inspector, byte[] manifest, List<ServiceProblem> problems) {
    try {
      return Optional.of(inspector.readManifest(manifest));
    } catch (ServiceException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private Submission submit(ReadManifest manifest, Digest model) throws IOException {
    Compilation wanted = compilation(manifest, model);
    objects.putIfAbsent(wanted.manifestKey(), Content.of(manifest.bytes()));
    boolean created = compilations.create(wanted);
    Compilation current = compilations.find(wanted.id()).orElse(wanted);
    if (isWorthAnotherAttempt(current)
        && compilations.restart(current.id(), current.attempt(), clock.instant())) {
      current = compilations.find(wanted.id()).orElse(wanted);
    }
    // Starting twice does no harm; not starting after a crash between the two lines would.
    if (current.state() == State.QUEUED) {
      workflow.start(current.id(), current.attempt());
    }
    return new Submission(current, created);
  }

  private Compilation compilation(ReadManifest manifest, Digest model) {
    Instant now = clock.instant();
    return new Compilation(
        id(model, manifest, inspector.compiler()),
        1,
        manifest.name(),
        model,
        Digest.of(manifest.bytes()),
        inspector.compiler(),
        State.QUEUED,
        now,
        now,
        List.of(),
        manifest.targets().stream().map(TargetStatus::queued).toList());
  }

  /// Digests of fixed size stand around the manifest, so no two requests give the same bytes.
  private static String id(Digest model, ReadManifest manifest, Digest compiler) {
    MessageDigest id = Digest.sha256();
    id.update(model.bytes());
    id.update(manifest.bytes());
    id.update(compiler.bytes());
    return Digest.finish(id).hex();
  }

  /// Asking again after a fault of the service, or for what was cancelled, is worth a try; after
  /// the caller's own fault it is not.
  private static boolean isWorthAnotherAttempt(Compilation compilation) {
    Stream<ServiceProblem> problems =
        Stream.concat(
            compilation.problems().stream(),
            compilation.targets().stream().flatMap(target -> target.problems().stream()));
    return switch (compilation.state()) {
      case QUEUED, RUNNING -> false;
      case CANCELLED -> true;
      case DONE, PARTIAL, FAILED -> problems.anyMatch(problem -> problem.blame() == Blame.SERVICE);
    };
  }

  /// The manifest as it was normalised.
  public byte[] manifest(Compilation compilation) throws IOException {
    String key = compilation.manifestKey();
    return objects.read(key).orElseThrow(() -> new FileNotFoundException("no object " + key));
  }

  public Compilation get(String id) {
    return compilations.find(id).orElseThrow(() -> unknown(id));
  }

  /// @throws IllegalArgumentException when the cursor is none of ours
  public Page<Compilation> newestFirst(int limit, Optional<String> cursor) {
    return compilations.newestFirst(limit, cursor);
  }

  /// Stops the compilation and keeps what is done. Posted again, it goes on with the rest.
  ///
  /// @throws ServiceException when there is no such compilation, or it has come to another end
  public Compilation cancel(String id) {
    Compilation compilation = get(id);
    while (!compilation.state().isFinal()) {
      if (compilations.cancel(id, compilation.attempt(), clock.instant())) {
        workflow.stop(id, compilation.attempt());
      }
      compilation = get(id);
    }
    if (compilation.state() != State.CANCELLED) {
      throw new ServiceException(
          ServiceErrorCode.COMPILATION_FINISHED,
          "the compilation `" + id + "`",
          compilation.state().word(),
          "a compilation that is queued or running",
          "delete it if nobody needs it");
    }
    return compilation;
  }

  /// The compilation as soon as it is what the caller waits for, or as it is when the time is over.
  public Compilation await(String id, Predicate<Compilation> wanted, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    Compilation compilation = get(id);
    while (!wanted.test(compilation) && System.nanoTime() < end) {
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException _) {
        // The service ends: the caller hears how it stands.
        Thread.currentThread().interrupt();
        return compilation;
      }
      compilation = get(id);
    }
    return compilation;
  }

  /// Stops the compilation if it runs, and forgets it with the bundles that no other one has. The
  /// model stays: others may use it.
  public void delete(String id) throws IOException {
    Compilation compilation = get(id);
    switch (compilations.delete(id)) {
      case Deletion.Unknown _ -> throw unknown(id);
      case Deletion.Deployed(List<String> groups) ->
          throw new ServiceException(
              ServiceErrorCode.COMPILATION_DEPLOYED,
              "the compilation `" + id + "`",
              "deployed to " + groups + ", or what they would return to",
              "a compilation that no group runs or would return to",
              "deploy something else to these groups first");
      case Deletion.Deleted(List<Digest> doomed) -> {
        workflow.stop(id, compilation.attempt());
        for (TargetStatus target : compilation.targets()) {
          for (String key : compilation.passingKeys(target.target())) {
            objects.delete(key);
          }
        }
        deleteBundles(doomed);
      }
    }
  }

  /// Goes on with deletions that the end of a process interrupted. Only while nobody else deletes.
  public void finishDeletions() throws IOException {
    deleteBundles(compilations.doomedBundles());
  }

  private void deleteBundles(List<Digest> doomed) throws IOException {
    for (Digest bundle : doomed) {
      objects.delete(Artifact.bundleKey(bundle));
      objects.delete(Artifact.reportKey(bundle));
      compilations.forgetBundle(bundle);
    }
  }

  public static ServiceException unknown(String id) {
    return new ServiceException(
        ServiceErrorCode.COMPILATION_UNKNOWN,
        "the compilation `" + id + "`",
        "no such compilation",
        "the `id` that `POST /v1/compilations` answered",
        "list what there is with `GET /v1/compilations`");
  }
}
