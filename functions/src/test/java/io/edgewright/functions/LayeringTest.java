package io.edgewright.functions;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Who may know whom: `core <- pages <- handlers <- {embedded, aws}` and `core <- worker <-
/// {embedded, aws}`, and what each may know of the outside.
class LayeringTest {
  private static final String ROOT = "io.edgewright.functions";
  private static final String PAGES = ROOT + ".pages..";
  private static final String HANDLERS = ROOT + ".handlers..";
  private static final String WORKER = ROOT + ".worker..";
  private static final String EMBEDDED = ROOT + ".embedded..";
  private static final String AWS = ROOT + ".aws..";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void coreKnowsNeitherLambdaNorHttpNorSql() {
    knowsNothingOfTheOutside(ROOT + ".core..");
    knowsNothingOfTheOutside(WORKER);
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PAGES, WORKER)
        .check(classes);
  }

  @Test
  void pagesKnowTheCoreAndNothingElse() {
    knowsNothingOfTheOutside(PAGES);
  }

  private void knowsNothingOfTheOutside(String packages) {
    noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            HANDLERS,
            EMBEDDED,
            AWS,
            "com.amazonaws..",
            "software.amazon..",
            "java.sql..",
            "com.sun.net.httpserver..",
            "java.net.http..",
            "com.dashjoin..")
        .check(classes);
  }

  @Test
  void portsKnowOnlyTheWordsThatAllShare() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".core.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".core.compilation..",
            ROOT + ".core.workflow..",
            ROOT + ".core.device..",
            ROOT + ".core.trust..",
            ROOT + ".core.signature..")
        .check(classes);
  }

  /// What handles strangers' models and programs has no database and no keys to lose.
  @Test
  void workersKnowNoStoreButThatOfObjects() {
    noClasses()
        .that()
        .haveNameMatching(
            Pattern.quote(ROOT) + ".core.workflow.(CompileStep|VerifyStep|BundleCheck)")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + ".core.store")
                .and(simpleNameEndingWith("Store").or(simpleName("Signer")))
                .and(not(simpleName("ObjectStore"))))
        .orShould()
        .dependOnClassesThat(simpleName("Attempt"))
        .check(classes);
  }

  @Test
  void handlersKnowNoAdapter() {
    noClasses()
        .that()
        .resideInAPackage(HANDLERS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            EMBEDDED,
            AWS,
            "software.amazon..",
            "java.sql..",
            "com.sun.net.httpserver..",
            "com.dashjoin..")
        .allowEmptyShould(true)
        .check(classes);
  }

  /// Two ways to run the same service: neither is needed for the other.
  @Test
  void adaptersDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(EMBEDDED)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(AWS, "software.amazon..")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage(AWS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(EMBEDDED, "java.sql..", "com.sun.net.httpserver..", "com.dashjoin..")
        .check(classes);
  }

  @Test
  void packagesOfTheCoreDoNotKnowEachOtherInCircles() {
    SlicesRuleDefinition.slices()
        .matching(ROOT + ".core.(*)..")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }

  @Test
  void ofTheCompilerOnlyItsFrontIsKnown() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.edgewright.compiler.graph..",
            "io.edgewright.compiler.onnx..",
            "io.edgewright.compiler.passes..",
            "io.edgewright.compiler.schedule..",
            "io.edgewright.compiler.codegen..",
            "io.edgewright.compiler.toolchain..",
            "io.edgewright.compiler.bundle..",
            "io.edgewright.compiler.reference..",
            "io.edgewright.compiler.tensor..")
        .check(classes);
  }
}
