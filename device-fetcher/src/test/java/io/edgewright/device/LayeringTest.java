package io.edgewright.device;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** What each room of the device may know. */
class LayeringTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.edgewright.device");

  @Test
  void trustIsPure() {
    noClasses()
        .that()
        .resideInAPackage("..device.trust..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.nio.channels..")
        .because("the rules of trust have no file, no network and no clock of their own")
        .check(CLASSES);
  }

  @Test
  void onlyTheJsonPackageKnowsJackson() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..device.json..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(CLASSES);
  }

  @Test
  void nothingKnowsTheServiceOrTheCompiler() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.edgewright.compiler..", "io.edgewright.functions..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycle() {
    SlicesRuleDefinition.slices()
        .matching("io.edgewright.device.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }
}
