package io.gtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.World;
import io.gtrace.simulation.study.Study;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyRun;
import io.gtrace.uncertainty.Draws;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are tasks of Spark give the numbers of runs that are threads, to the last bit. */
class SparkEnsembleTest {
  private static final StudyRun.Settings SETTINGS = new StudyRun.Settings(0.00001, 7, 2, 3);

  @TempDir static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = LocalSpark.in(folder).getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static StudyOutcome local(Study study) {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    RateCard card =
        new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
    return new StudyRun(card, World.shipped(), SETTINGS, StudyRun.Progress.SILENT).run(study);
  }

  private static void requireSame(StudyOutcome found, StudyOutcome expected) {
    assertThat(found.peopleSimulated()).isEqualTo(expected.peopleSimulated());
    assertThat(found.figures().outputs()).isEqualTo(expected.figures().outputs());
    requireSame(found.figures().footprint(), expected.figures().footprint());
    requireSame(found.figures().counted(), expected.figures().counted());
    assertThat(found.series()).isEqualTo(expected.series());
    assertThat(found.inputs()).isEqualTo(expected.inputs());
    assertThat(found.spread()).isEqualTo(expected.spread());
    assertThat(found.countries()).hasSameSizeAs(expected.countries());
    for (int i = 0; i < found.countries().size(); i++) {
      assertThat(found.countries().get(i).id()).isEqualTo(expected.countries().get(i).id());
      requireSame(found.countries().get(i).footprint(), expected.countries().get(i).footprint());
    }
    assertThat(found.scenarios()).hasSameSizeAs(expected.scenarios());
    for (int i = 0; i < found.scenarios().size(); i++) {
      requireSame(
          found.scenarios().get(i).figures().footprint(),
          expected.scenarios().get(i).figures().footprint());
    }
  }

  private static void requireSame(Footprint found, Footprint expected) {
    for (Impact impact : Impact.values()) {
      // Not known is the same as not known.
      assertThat(Double.compare(found.median(impact), expected.median(impact)))
          .as(impact.name())
          .isZero();
      if (!Double.isNaN(found.median(impact))) {
        assertThat(found.draws(impact)).as(impact.name()).isEqualTo(expected.draws(impact));
      }
    }
  }

  @Test
  void anEnsembleWithScenariosAndASweepAreTheSameToTheLastBit() {
    Study policies = Study.read("policies").forDays(1);
    Study longer = Study.read("ghibli-2025").forDays(2);

    List<StudyOutcome> outcomes =
        new SparkEnsemble(spark, Optional.empty()).run(List.of(policies, longer), SETTINGS);

    requireSame(outcomes.get(0), local(policies));
    requireSame(outcomes.get(1), local(longer));
  }
}
