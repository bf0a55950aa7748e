package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.edgewright.compiler.target.Target;
import io.edgewright.compiler.target.TargetCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Rules of the house that neither javac nor Error Prone holds, read off the compiler's own sources
/// with javac's syntax trees.
@Tag("slow")
class SourceRulesTest {
  private static final Path SOURCES =
      Path.of(System.getProperty("edgewright.project", ".."), "compiler-lib/src/main/java");

  private static final List<String> DEFAULTS = new ArrayList<>();
  private static final List<String> DEVICES = new ArrayList<>();
  private static int switches;

  @BeforeAll
  static void readSources() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(SOURCES)) {
      List<Path> paths = sources.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none", "-classpath", System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjectsFromPaths(paths));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      task.analyze();
      Rules rules = new Rules(Trees.instance(task), deviceNames());
      units.forEach(unit -> rules.scan(new TreePath(unit), null));
    }
  }

  /// A new kind must be a compile error at every place that tells kinds apart. Over an enum a
  /// `default` that throws is fine: it says "these only, and loudly".
  @Test
  void noSwitchOverASealedTypeOrAnEnumHidesWhatIsMissing() {
    assertThat(switches).isGreaterThan(20);
    assertThat(DEFAULTS).isEmpty();
  }

  /// Targets are data: code asks what one can do.
  @Test
  void noDeviceIsNamedInJava() {
    assertThat(deviceNames()).contains("raspberry-pi-3", "cortex-a53").doesNotContain("host");
    assertThat(DEVICES).isEmpty();
  }

  private static Set<String> deviceNames() {
    Set<String> names = new TreeSet<>();
    for (Target device : TargetCatalog.standard().devices()) {
      names.add(device.id());
      names.add(device.cpu());
    }
    names.removeAll(Set.of("generic", "aarch64")); // also words of other meaning
    return names;
  }

  private static final class Rules extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Trees trees;
    private final Set<String> deviceNames;

    Rules(Trees trees, Set<String> deviceNames) {
      this.trees = trees;
      this.deviceNames = deviceNames;
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void nothing) {
      check(tree, tree.getExpression(), tree.getCases());
      return super.visitSwitch(tree, null);
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void nothing) {
      check(tree, tree.getExpression(), tree.getCases());
      return super.visitSwitchExpression(tree, null);
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void nothing) {
      if (tree.getValue() instanceof String text && deviceNames.stream().anyMatch(text::contains)) {
        DEVICES.add(place(tree));
      }
      return super.visitLiteral(tree, null);
    }

    private void check(Tree tree, Tree selector, List<? extends CaseTree> cases) {
      switches++;
      TypeElement type = typeOf(selector);
      boolean sealed = type != null && type.getModifiers().contains(Modifier.SEALED);
      boolean isEnum = type != null && type.getKind() == ElementKind.ENUM;
      for (CaseTree label : cases) {
        if (isDefault(label) && (isEnum ? !throwsAtOnce(label) : sealed)) {
          DEFAULTS.add(place(tree));
        }
      }
    }

    private @Nullable TypeElement typeOf(Tree expression) {
      return trees.getTypeMirror(new TreePath(getCurrentPath(), expression))
              instanceof DeclaredType declared
          ? (TypeElement) declared.asElement()
          : null;
    }

    private static boolean isDefault(CaseTree label) {
      return label.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
    }

    private static boolean throwsAtOnce(CaseTree label) {
      List<? extends StatementTree> statements = label.getStatements();
      Tree first =
          label.getBody() != null
              ? label.getBody()
              : statements == null || statements.isEmpty() ? null : statements.getFirst();
      return first instanceof ThrowTree;
    }

    private String place(Tree tree) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      long position = trees.getSourcePositions().getStartPosition(unit, tree);
      return SOURCES.relativize(Path.of(unit.getSourceFile().toUri()))
          + ":"
          + Objects.requireNonNull(unit.getLineMap()).getLineNumber(position);
    }
  }
}
