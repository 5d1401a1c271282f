package io.gtrace.simulation.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.gtrace.activity.Activity;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.TextGeneration;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.simulation.serving.FleetPlan.Outage;
import io.gtrace.simulation.serving.FleetPlan.Scaling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchingFleetTest {
  private static final Replica REPLICA = Replicas.sharing(8, 0.5);

  /** Outputs an hour of one accelerator in the largest batches. */
  private static final double MOST = REPLICA.curve().mostOutputsPerS() * 3600;

  private static FleetPlan plan(Scaling scaling, Outage... outages) {
    return new FleetPlan(REPLICA, scaling, 20, List.of(outages));
  }

  @Test
  void anHourWithoutDemandCostsWhatStandsIdle() {
    FleetHour hour = plan(Scaling.fixed(50)).start().serve(0);

    assertThat(hour.idleKwh()).isCloseTo(50 * REPLICA.idleW() / 1000, within(1e-9));
    assertThat(hour)
        .extracting(FleetHour::acceptedShare, FleetHour::energyRatio, FleetHour::waitS)
        .containsExactly(1.0, 1.0, 0.0);
    assertThat(hour.utilisation()).isZero();
    assertThat(hour.meanBatch()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.02, 0.3, 0.7, 0.95, 1.5, 20})
  void allEnergyOfTheFleetIsBorneByItsOutputs(double load) {
    Replica replica = Replicas.sharing(8, 0);
    FleetPlan plan = new FleetPlan(replica, Scaling.fixed(40), 20, List.of());
    double demand = load * 40 * replica.curve().mostOutputsPerS() * 3600;

    FleetHour hour = plan.start().serve(demand);

    double made = hour.acceptedShare() * demand;
    double workKwh = made * Replicas.ALONE_J * 1.5 / 3.6e6;
    assertThat(hour.energyRatio() * replica.cardJ() * made / 3.6e6)
        .isCloseTo(workKwh + hour.idleKwh(), withPercentage(1e-6));
    assertThat(hour.idleKwh())
        .isCloseTo(40 * (1 - hour.utilisation()) * replica.idleW() / 1000, within(1e-9));
  }

  @Test
  void theFullerAFleetTheLessAnOutputTakesAndTheLongerItLasts() {
    FleetHour before = plan(Scaling.fixed(30)).start().serve(0.05 * 30 * MOST);
    for (double load : new double[] {0.1, 0.3, 0.5, 0.7, 0.9, 1, 1.1}) {
      FleetHour hour = plan(Scaling.fixed(30)).start().serve(load * 30 * MOST);

      assertThat(hour.energyRatio()).isLessThan(before.energyRatio());
      assertThat(hour.waitS()).isGreaterThan(before.waitS());
      assertThat(hour.meanBatch()).isGreaterThanOrEqualTo(before.meanBatch());
      assertThat(hour.acceptedShare()).isLessThanOrEqualTo(before.acceptedShare());
      before = hour;
    }
    assertThat(before.acceptedShare()).isCloseTo(1 / 1.1, within(1e-3));
    assertThat(before.waitS()).isLessThan(20 + REPLICA.curve().seconds(8));
  }

  @Test
  void acceleratorsCannotAppearAtOnceAndStayForAWhile() {
    Fleet fleet = plan(new Scaling(10, 45, 0.8, 12, 2)).start();
    double[] demanded = {5, 30, 30, 30, 200, 5, 5, 5, 0};
    double[] accelerators = {10, 22, 34, 37.5, 45, 45, 45, 10, 10};
    for (int hour = 0; hour < demanded.length; hour++) {
      assertThat(fleet.serve(demanded[hour] * MOST).accelerators())
          .as("hour %d", hour)
          .isCloseTo(accelerators[hour], within(1e-9));
    }
  }

  @Test
  void whatComesBeforeThereAreAcceleratorsIsRefused() {
    Fleet fleet = plan(new Scaling(10, 1000, 0.8, 20, 0)).start();

    assertThat(fleet.serve(60 * MOST).acceptedShare()).isCloseTo(0.5, within(0.001));
    assertThat(fleet.serve(60 * MOST).acceptedShare()).isCloseTo(50 / 60.0, within(0.001));
    FleetHour enough = fleet.serve(60 * MOST);
    assertThat(enough.acceptedShare()).isCloseTo(1, within(1e-6));
    assertThat(enough.accelerators()).isCloseTo(70, within(1e-9));
  }

  @Test
  void aServiceOfNoAcceleratorsStartsOnesAsPeopleCome() {
    Fleet fleet = plan(new Scaling(0, 100, 0.8, 50, 0)).start();

    assertThat(fleet.serve(0).accelerators()).isZero();
    assertThat(fleet.serve(20 * MOST).acceptedShare()).isCloseTo(1, within(1e-6));
  }

  @Test
  void inAnOutageWhatIsLeftServesAndAllStaysOn() {
    Outage half = new Outage(1, 4, 0.5);
    Outage none = new Outage(2, 3, 0);
    Fleet fleet = plan(Scaling.fixed(40), half, none).start();

    FleetHour before = fleet.serve(30 * MOST);
    FleetHour halved = fleet.serve(30 * MOST);
    FleetHour out = fleet.serve(30 * MOST);
    FleetHour again = fleet.serve(30 * MOST);
    FleetHour after = fleet.serve(30 * MOST);

    assertThat(before.acceptedShare()).isCloseTo(1, within(1e-6));
    assertThat(halved.acceptedShare()).isCloseTo(20 / 30.0, within(0.001));
    assertThat(halved.utilisation()).isCloseTo(0.5, within(0.001));
    assertThat(halved.idleKwh()).isCloseTo(20 * REPLICA.idleW() / 1000, withPercentage(0.1));
    assertThat(out.acceptedShare()).isZero();
    assertThat(out.energyRatio()).isEqualTo(1);
    assertThat(out.waitS()).isEqualTo(20);
    assertThat(out.idleKwh()).isCloseTo(40 * REPLICA.idleW() / 1000, within(1e-9));
    assertThat(again).isEqualTo(halved);
    assertThat(after).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.01, 0.0003})
  void aPartOfThePeopleIsServedAsAllWouldBe(double scale) {
    FleetPlan plan = plan(new Scaling(20, 3_000, 0.8, 600, 1), new Outage(2, 3, 0.4));
    Fleet whole = plan.start();
    Fleet part = plan.start(scale);
    for (double demanded : new double[] {5, 400, 900, 1500, 0, 30}) {
      FleetHour ofAll = whole.serve(demanded * MOST);
      FleetHour ofPart = part.serve(demanded * MOST * scale);

      assertThat(ofPart.acceptedShare()).isCloseTo(ofAll.acceptedShare(), within(1e-9));
      assertThat(ofPart.energyRatio()).isCloseTo(ofAll.energyRatio(), within(1e-9));
      assertThat(ofPart.waitS()).isCloseTo(ofAll.waitS(), within(1e-6));
      assertThat(ofPart.accelerators())
          .isCloseTo(ofAll.accelerators() * scale, withPercentage(1e-6));
      assertThat(ofPart.idleKwh()).isCloseTo(ofAll.idleKwh() * scale, within(1e-6));
    }
  }

  @Test
  void runsDoNotKnowOfEachOther() {
    FleetPlan plan = plan(new Scaling(1, 100, 0.8, 10, 5));
    FleetHour first = plan.start().serve(50 * MOST);

    assertThat(plan.start().serve(50 * MOST)).isEqualTo(first);
  }

  /** Where the rate card's typical load lies on the curve of a fleet. */
  @ParameterizedTest
  @CsvSource({"flux.1-dev, 0.5, 0.95", "gpt-image-1, 0.1, 0.95", "llama-3.1-70b, 0.1, 0.95"})
  void theRateCardSpeaksOfAFleetThatIsNeitherIdleNorFull(
      String model, double fromLoad, double toLoad) {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    Accelerator accelerator = catalogue.accelerator("h100");
    Activity output =
        model.startsWith("llama")
            ? TextGeneration.of(model, 300, 400)
            : ImageGeneration.of(model, 1);
    int accelerators = Replica.usualAccelerators(catalogue, output, accelerator);
    Replica replica =
        Replica.of(
            catalogue, output, accelerator, accelerators, model.startsWith("flux") ? 8 : 256);
    FleetPlan plan = new FleetPlan(replica, Scaling.fixed(100.0 * accelerators), 60, List.of());
    double mostOutputs = 100 * replica.curve().mostOutputsPerS() * 3600;

    assertThat(plan.start().serve(fromLoad * mostOutputs).energyRatio()).isGreaterThan(1);
    assertThat(plan.start().serve(toLoad * mostOutputs).energyRatio()).isLessThan(1);
    assertThat(plan.start().serve(toLoad * mostOutputs).energyRatio()).isGreaterThan(0.5);
  }

  @Test
  void plansThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new Scaling(10, 5, 0.8, 1, 0))
        .hasMessage("most accelerators must be 10 to 10000000, not 5");
    assertThatThrownBy(() -> new Scaling(1, 5, 0, 1, 0)).hasMessageContaining("target load");
    assertThatThrownBy(() -> new Scaling(1, 5, 0.5, Double.NaN, 0))
        .hasMessageContaining("added in an hour");
    assertThatThrownBy(() -> new Scaling(1, 5, 0.5, 1, -1)).hasMessageContaining("switched off");
    assertThatThrownBy(() -> new Outage(5, 5, 0)).hasMessageContaining("end of an outage");
    assertThatThrownBy(() -> new Outage(5, 6, 1.1)).hasMessageContaining("outage");
    assertThatThrownBy(() -> new FleetPlan(REPLICA, Scaling.fixed(1), 4_000, List.of()))
        .hasMessageContaining("longest wait");
    assertThatThrownBy(() -> plan(Scaling.fixed(1)).start(0)).hasMessageContaining("scale");
    assertThatThrownBy(() -> plan(Scaling.fixed(1)).start().serve(-1))
        .hasMessageContaining("demanded outputs");
    assertThatThrownBy(() -> plan(Scaling.fixed(1)).start().serve(Double.NaN))
        .hasMessageContaining("demanded outputs");
  }
}
