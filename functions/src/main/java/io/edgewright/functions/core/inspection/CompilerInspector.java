package io.edgewright.functions.core.inspection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.compiler.Compiler;
import io.edgewright.compiler.PlanJson;
import io.edgewright.compiler.Planner;
import io.edgewright.compiler.diagnostics.CompileException;
import io.edgewright.compiler.diagnostics.Location;
import io.edgewright.compiler.diagnostics.Problem;
import io.edgewright.compiler.manifest.Manifest;
import io.edgewright.compiler.manifest.ManifestReader;
import io.edgewright.compiler.manifest.TargetChoice;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import io.edgewright.compiler.target.TargetFigures;
import io.edgewright.functions.core.Digest;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.store.Inspector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/// Reads with the compiler's own readers, in this process.
public final class CompilerInspector implements Inspector {
  private static final byte[] NO_WISHES = "{\"name\":\"model\"}".getBytes(StandardCharsets.UTF_8);

  private final Digest compiler;
  private final ModelCheck check;
  private final ModelPlan plan;

  /// @param compiler names the compiler that the workers run
  public CompilerInspector(Digest compiler, ModelCheck check, ModelPlan plan) {
    this.compiler = compiler;
    this.check = check;
    this.plan = plan;
  }

  /// The compiler of this very program.
  public static CompilerInspector standard() {
    return ofCompiler(new Digest(Compiler.digest()));
  }

  /// The same classes, where the workers' toolchain is not at hand to be named by its content.
  ///
  /// @param compiler what [Compiler#digest] says where the workers are
  public static CompilerInspector ofCompiler(Digest compiler) {
    return new CompilerInspector(
        compiler,
        (model, manifest) -> Compiler.inspect(model, manifest).problems(),
        (model, manifest) ->
            PlanJson.of(Planner.plan(model, manifest, Location.manifest("/targets"))));
  }

  /// What the compiler finds wrong with a model under a manifest.
  public interface ModelCheck {
    List<Problem> problems(byte[] model, Manifest manifest);
  }

  /// What the compiler expects of a model under a manifest.
  public interface ModelPlan {
    /// @throws CompileException when the bytes are no model at all
    ObjectNode plan(byte[] model, Manifest manifest);
  }

  @Override
  public Digest compiler() {
    return compiler;
  }

  @Override
  public ReadManifest readManifest(byte[] json) {
    return known(read(json));
  }

  @Override
  public ReadManifest forTarget(ReadManifest manifest, String target) {
    return known(read(manifest.bytes()).forDevice(target));
  }

  private static ReadManifest known(Manifest manifest) {
    return new ReadManifest(
        manifest.name(),
        manifest.targets().stream().map(TargetChoice::device).toList(),
        new String(manifest.normalisedJson(), StandardCharsets.UTF_8));
  }

  private static Manifest read(byte[] json) {
    return orServiceProblems(() -> ManifestReader.read(json));
  }

  private static <T> T orServiceProblems(Supplier<T> work) {
    try {
      return work.get();
    } catch (CompileException e) {
      throw new ServiceException(e.problems().stream().map(ServiceProblem::of).toList());
    }
  }

  @Override
  public List<ServiceProblem> inspect(byte[] model, ReadManifest manifest) {
    return check.problems(model, read(manifest.bytes())).stream().map(ServiceProblem::of).toList();
  }

  @Override
  public List<ServiceProblem> inspect(byte[] model) {
    return check.problems(model, read(NO_WISHES)).stream().map(ServiceProblem::of).toList();
  }

  @Override
  public ObjectNode plan(byte[] model, ReadManifest manifest) {
    return orServiceProblems(() -> plan.plan(model, read(manifest.bytes())));
  }

  @Override
  public List<KnownTarget> targets() {
    TargetCatalog catalog = TargetCatalog.standard();
    return catalog.ids().stream()
        .filter(id -> catalog.problem(id, Location.option("--target")).isEmpty())
        .map(id -> catalog.get(id, Location.option("--target")))
        .map(CompilerInspector::known)
        .toList();
  }

  private static KnownTarget known(Target target) {
    return new KnownTarget(target.id(), target.features(), TargetFigures.of(target));
  }
}
