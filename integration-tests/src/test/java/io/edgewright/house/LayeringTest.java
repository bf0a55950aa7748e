package io.edgewright.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Which modules may know which: the compiler shows four packages, the device shares no code.
class LayeringTest {
  private static final String COMPILER = "io.edgewright.compiler";
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.edgewright");

  @Test
  void othersSeeOnlyFourPackagesOfTheCompiler() {
    noClasses()
        .that()
        .resideOutsideOfPackage(COMPILER + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            COMPILER + ".tensor..",
            COMPILER + ".graph..",
            COMPILER + ".reference..",
            COMPILER + ".onnx..",
            COMPILER + ".passes..",
            COMPILER + ".endtoend..",
            COMPILER + ".schedule..",
            COMPILER + ".codegen..",
            COMPILER + ".toolchain..",
            COMPILER + ".bundle..")
        .check(HOUSE);
  }

  @Test
  void theDeviceFetcherSharesNoCodeWithTheOthers() {
    noClasses()
        .that()
        .resideInAPackage("io.edgewright.device..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(COMPILER + "..", "io.edgewright.functions..", "io.edgewright.demo..")
        .check(HOUSE);
  }

  @Test
  void theCompilerKnowsNoneOfTheOthers() {
    noClasses()
        .that()
        .resideInAPackage(COMPILER + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.edgewright.functions..", "io.edgewright.device..", "io.edgewright.demo..")
        .check(HOUSE);
  }

  @Test
  void theDemoUsesThePartsOnlyThroughTheirDoors() {
    noClasses()
        .that()
        .resideInAPackage("io.edgewright.demo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.edgewright.compiler..", "io.edgewright.functions..", "io.edgewright.device..")
        .check(HOUSE);
  }
}
