package io.edgewright.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/// Who may know whom inside the compiler. A new package gets a line in the table.
class LayeringTest {
  private static final String HERE = "io.edgewright.compiler";

  /// Package to the packages that it may import. [#PIPELINE] sees all and is seen by none.
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          Map.entry("diagnostics", Set.of()),
          Map.entry("tensor", Set.of("diagnostics")),
          Map.entry("target", Set.of("diagnostics", "tensor")),
          Map.entry("manifest", Set.of("diagnostics", "tensor", "target")),
          Map.entry("graph", Set.of("diagnostics", "tensor", "target")),
          Map.entry("reference", Set.of("diagnostics", "tensor", "graph")),
          Map.entry("onnx", Set.of("diagnostics", "tensor", "target", "graph", "reference")),
          // codegen: for the Port that describes an input or output
          Map.entry("endtoend", Set.of("diagnostics", "tensor", "graph", "manifest", "codegen")),
          Map.entry("passes", Set.of("diagnostics", "tensor", "target", "graph", "reference")),
          Map.entry("schedule", Set.of("diagnostics", "tensor", "target", "graph")),
          Map.entry("codegen", Set.of("diagnostics", "tensor", "target", "schedule")),
          Map.entry("toolchain", Set.of("diagnostics", "target")),
          Map.entry("bundle", Set.of("diagnostics", "tensor", "target", "codegen", "toolchain")),
          // pages are made of report.json alone
          Map.entry("report", Set.of()));

  private static final String PIPELINE = "";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(HERE);

  @Test
  void everyPackageIsInTheTable() {
    assertThat(CLASSES.stream().map(LayeringTest::room).filter(room -> !room.equals(PIPELINE)))
        .isNotEmpty()
        .isSubsetOf(ROOMS.keySet());
  }

  @Test
  void packagesImportOnlyWhatTheTableAllows() {
    assertThat(
            violations((from, to) -> {
              String room = room(from);
              String other = room(to);
              return to.getPackageName().startsWith(HERE)
                  && !room.equals(PIPELINE)
                  && !room.equals(other)
                  && !ROOMS.getOrDefault(room, Set.of()).contains(other);
            }))
        .isEmpty();
  }

  @Test
  void onlyTheReaderOfModelsKnowsProtobuf() {
    assertThat(
            violations((from, to) ->
                !room(from).equals("onnx")
                    && (to.getName().startsWith("com.google.protobuf")
                        || to.getName().startsWith("ai.onnx"))))
        .isEmpty();
  }

  /// The same input must give the same bytes, and a hostile model finds no door.
  @Test
  void nobodyLooksAtTheClockTheDiceOrTheNetwork() {
    Set<String> forbidden =
        Set.of(
            "java.time.Clock",
            "java.time.Instant",
            "java.util.Date",
            "java.util.Random",
            "java.util.UUID",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.io.ObjectInputStream");
    assertThat(
            violations((from, to) ->
                forbidden.contains(to.getName()) || to.getName().startsWith("java.net.http")))
        .isEmpty();
  }

  private static List<String> violations(BiPredicate<JavaClass, JavaClass> isForbidden) {
    return CLASSES.stream()
        .flatMap(javaClass -> javaClass.getDirectDependenciesFromSelf().stream())
        .filter(dependency ->
            isForbidden.test(
                dependency.getOriginClass(), dependency.getTargetClass().getBaseComponentType()))
        .map(Dependency::getDescription)
        .toList();
  }

  /// The first part of the package's name below [#HERE].
  private static String room(JavaClass javaClass) {
    String name = javaClass.getPackageName();
    if (!name.startsWith(HERE + ".")) {
      return PIPELINE;
    }
    String below = name.substring(HERE.length() + 1);
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }
}
