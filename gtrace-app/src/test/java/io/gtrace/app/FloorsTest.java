package io.gtrace.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.gtrace.footprint.Quantity;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The floors of the house: what may use what, and what every room has. */
class FloorsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.gtrace");

  @Test
  void aFloorUsesOnlyWhatLiesBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.gtrace..")
        .layer("app")
        .definedBy("io.gtrace.app..")
        .layer("server")
        .definedBy("io.gtrace.server..")
        .layer("mcp")
        .definedBy("io.gtrace.mcp..")
        .layer("meter")
        .definedBy("io.gtrace.meter..")
        .layer("report")
        .definedBy("io.gtrace.report..")
        .layer("governance")
        .definedBy("io.gtrace.governance..")
        .layer("ledger")
        .definedBy("io.gtrace.ledger..")
        .layer("simulation")
        .definedBy("io.gtrace.simulation..")
        .layer("core")
        .definedBy(
            "io.gtrace",
            "io.gtrace.activity..",
            "io.gtrace.call..",
            "io.gtrace.ecologits..",
            "io.gtrace.estimate..",
            "io.gtrace.factor..",
            "io.gtrace.footprint..",
            "io.gtrace.ratecard..",
            "io.gtrace.sci..",
            "io.gtrace.site..",
            "io.gtrace.trace..",
            "io.gtrace.uncertainty..",
            "io.gtrace.validation..")
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("server")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("mcp")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("meter")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("app", "server", "mcp")
        .whereLayer("governance")
        .mayOnlyBeAccessedByLayers("app", "server", "mcp", "report")
        .whereLayer("ledger")
        .mayOnlyBeAccessedByLayers("app", "server", "mcp", "report", "governance")
        .whereLayer("simulation")
        .mayOnlyBeAccessedByLayers("app", "server", "report", "governance")
        .ensureAllClassesAreContainedInArchitecture()
        .check(CLASSES);
  }

  @Test
  void roomsDoNotDependOnEachOtherInCircles() {
    slices().matching("io.gtrace.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theCoreUsesNoFrameworkAndNoDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.gtrace.app..",
            "io.gtrace.server..",
            "io.gtrace.mcp..",
            "io.gtrace.report..",
            "io.gtrace.governance..",
            "io.gtrace.ledger..",
            "io.gtrace.simulation.document..",
            "io.gtrace.simulation.study..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "java.net..", "picocli..", "tools.jackson..", "org.duckdb..")
        .check(CLASSES);
  }

  @Test
  void onlyTheServerKnowsHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gtrace.server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.helidon..", "io.grpc..", "com.google.protobuf..")
        .check(CLASSES);
  }

  @Test
  void onlyTheToolsKnowTheProtocolOfAgents() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gtrace.mcp..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.modelcontextprotocol..", "reactor..")
        .check(CLASSES);
  }

  @Test
  void onlyTheApplicationKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.gtrace.app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAThingIsAbout() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common)")
        .orShould()
        .resideInAnyPackage("..util..", "..impl..", "..helper..", "..common..", "..dto..")
        .check(CLASSES);
  }

  @Test
  void nothingStaticChanges() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  /**
   * A figure does not say which carbon account it is of, so nothing may make one figure of others:
   * sums are of whole footprints, which add each account to its own kind.
   */
  @Test
  void noFigureIsMadeOfFigures() {
    methods().that().haveRawReturnType(Quantity.class).should(takeNoFigure()).check(CLASSES);
    methods()
        .that()
        .areDeclaredIn(Quantity.class)
        .should()
        .haveNameMatching("median|low|high|equals|hashCode|toString")
        .check(CLASSES);
  }

  private static ArchCondition<JavaMethod> takeNoFigure() {
    return new ArchCondition<>("take no " + Quantity.class.getSimpleName()) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean takes =
            method.getParameterTypes().stream()
                .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .anyMatch(type -> type.isEquivalentTo(Quantity.class));
        if (takes) {
          events.add(SimpleConditionEvent.violated(method, method.getFullName()));
        }
      }
    };
  }

  @Test
  void everyRoomIsNullMarked() {
    classes()
        .that()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .and()
        .doNotHaveSimpleName("package-info")
        .should(resideInANullMarkedPackage())
        .check(CLASSES);
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    // Templates are compiled into classes of their own.
    Set<String> generated = Set.of("io.gtrace.report");
    return new ArchCondition<>("reside in a package marked @NullMarked") {
      @Override
      public void check(JavaClass each, ConditionEvents events) {
        boolean marked =
            each.getPackage().isAnnotatedWith(NullMarked.class)
                || (generated.contains(each.getPackageName()) && each.getName().contains("Jte"));
        if (!marked) {
          events.add(SimpleConditionEvent.violated(each, each.getName() + " is not null-marked"));
        }
      }
    };
  }
}
