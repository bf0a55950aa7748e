package io.edgewright.cdk;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The stack describes the service and runs none of it.
class LayeringTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.edgewright.cdk");

  @Test
  void ofTheServiceOnlyTheNamesOfItsKeysAreKnown() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.edgewright.functions..").and(not(simpleName("KeyRole"))))
        .check(classes);
  }

  @Test
  void ofTheCompilerOnlyWhatItCallsItselfIsKnown() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.edgewright.compiler..").and(not(simpleName("Compiler"))))
        .check(classes);
  }
}
