package io.gtrace.simulation.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.simulation.adoption.Memory;
import io.gtrace.simulation.adoption.SelfExciting;
import io.gtrace.simulation.contact.SocialTies;
import io.gtrace.simulation.people.Population;
import io.gtrace.simulation.serving.Fleet;
import io.gtrace.simulation.serving.FleetHour;
import io.gtrace.simulation.use.AccessRule;
import io.gtrace.simulation.use.Service;
import io.gtrace.simulation.use.Sessions;
import io.gtrace.simulation.use.Use;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaveSimulationTest {
  private static final int HOURS = 120;
  private static final Sessions SESSIONS = new Sessions(3, 0.7, 0.5, 18, 0.6, 4);
  private static final EnergyOfOutput ENERGY = (venue, kind) -> 0.002 * (venue + 1) + 0.001 * kind;

  private static Wave wave(Service service) {
    Population population = Waves.population(HOURS, 70_000, 40_000, 500, 9_500);
    Use use = Waves.use(4, SESSIONS, service);
    return new Wave(
        population,
        HOURS,
        new SelfExciting(1.9, new Memory.Exponential(12)),
        new SocialTies(population, new SocialTies.Shape(60, 1.1, 150, 0.5, 0.2), 17),
        (cohort, hour) -> hour < 24 ? 5e-4 : 2e-5,
        Search.NONE,
        Optional.of(use));
  }

  private static RecordedWave run(Service service, Fleet fleet, int threads) {
    return new RecordedWave(wave(service), ENERGY, region -> fleet, threads);
  }

  @Test
  void theResultIsTheSameForAnyNumberOfThreads() {
    RecordedWave one = run(Waves.service(AccessRule.OPEN), Fleet.boundless(), 1);

    for (int threads : new int[] {2, 3, 8}) {
      RecordedWave other = run(Waves.service(AccessRule.OPEN), Fleet.boundless(), threads);
      for (int hour = 0; hour < HOURS; hour++) {
        for (int cohort = 0; cohort < 4; cohort++) {
          for (Count count : Count.values()) {
            assertThat(other.result.count(hour, cohort, count))
                .isEqualTo(one.result.count(hour, cohort, count));
          }
          for (int venue = 0; venue < 3; venue++) {
            assertThat(other.energyKwh(hour, cohort, venue, 0))
                .isEqualTo(one.energyKwh(hour, cohort, venue, 0));
          }
        }
      }
    }
  }

  @Test
  void anotherSeedIsAnotherWorldOfTheSameKind() {
    WaveSimulation simulation =
        new WaveSimulation(
            wave(Waves.service(AccessRule.OPEN)), ENERGY, region -> Fleet.boundless());

    long first = simulation.run(1, 2, WaveSimulation.Observer.SILENT).count(Count.WANTED);
    long second = simulation.run(2, 2, WaveSimulation.Observer.SILENT).count(Count.WANTED);

    assertThat(first).isNotEqualTo(second);
    assertThat((double) first / second).isCloseTo(1, within(0.2));
  }

  @Test
  void nobodyAndNothingIsLostOrDoubled() {
    Fleet half = demanded -> new FleetHour(0.5, 1, 30, 10, 1, 4);
    RecordedWave run = run(Waves.service(AccessRule.OPEN), half, 2);
    WaveResult result = run.result;

    for (int cohort = 0; cohort < 4; cohort++) {
      long noticed = 0;
      long adopted = 0;
      long stopped = 0;
      long gaveUp = 0;
      for (int hour = 0; hour < HOURS; hour++) {
        noticed += result.count(hour, cohort, Count.NOTICED);
        adopted += result.count(hour, cohort, Count.ADOPTED);
        stopped += result.count(hour, cohort, Count.STOPPED);
        gaveUp += result.count(hour, cohort, Count.GAVE_UP);
        assertThat(adopted + gaveUp).isLessThanOrEqualTo(noticed);
        assertThat(stopped).isLessThanOrEqualTo(adopted);
      }
      long people = result.population().cohorts().get(cohort).people();
      assertThat(noticed).isLessThanOrEqualTo(people);
    }
    for (int hour = 0; hour < HOURS; hour++) {
      long made = run.outputs(hour, 0) + run.outputs(hour, 1) + run.outputs(hour, 2);
      assertThat(result.outputs(hour)).isEqualTo(made);
    }
    assertThat(run.outputs())
        .isEqualTo(result.count(Count.WANTED) - result.count(Count.REFUSED))
        .isPositive();
    assertThat(result.count(Count.NEW_USERS)).isLessThanOrEqualTo(result.count(Count.ADOPTED));
    assertThat(result.count(Count.EXPOSURES)).isGreaterThanOrEqualTo(result.count(Count.NOTICED));
  }

  @Test
  void energyIsThatOfTheOutputsWhateverTheirVariation() {
    RecordedWave result = run(Waves.service(AccessRule.OPEN), Fleet.boundless(), 2);

    double expectedKwh = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      for (int venue = 0; venue < 3; venue++) {
        for (int kind = 0; kind < 2; kind++) {
          expectedKwh += result.outputs(hour, venue, kind) * ENERGY.kwh(venue, kind);
        }
      }
    }
    assertThat(result.energyKwh() / expectedKwh).isCloseTo(1, within(0.005));
  }

  @Test
  void sharesOfWhatIsMadeAndWhereFollowTheStudy() {
    RecordedWave result = run(Waves.service(AccessRule.OPEN), Fleet.boundless(), 2);

    double wide = made(result, 0, 1) + made(result, 1, 1) + made(result, 2, 1);
    double west = made(result, 0, 0) + made(result, 0, 1);
    double east = made(result, 1, 0) + made(result, 1, 1);
    double own = made(result, 2, 0) + made(result, 2, 1);
    assertThat(wide / result.outputs()).isCloseTo(0.25, within(0.01));
    assertThat(west / (west + east)).isCloseTo(0.7, within(0.01));
    // One in ten owns a device, half of whom would rather use it.
    assertThat(own / result.outputs()).isCloseTo(0.05, within(0.01));
  }

  private static double made(RecordedWave result, int venue, int kind) {
    double sum = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      sum += result.outputs(hour, venue, kind);
    }
    return sum;
  }

  @Test
  void aServiceThatOpensLaterServesNobodyBeforeAndASurgeThen() {
    RecordedWave run =
        run(
            Waves.service(new AccessRule(0, 0, 50), new AccessRule(60, 2, 50)),
            Fleet.boundless(),
            2);

    WaveResult result = run.result;
    long paying = outputsOfRegions(run, 0, 60);
    long everyone = outputsOfRegions(run, 60, HOURS);
    assertThat(paying).isPositive();
    assertThat(everyone).isGreaterThan(4 * paying);
    assertThat(result.count(63, Count.NEW_USERS))
        .isGreaterThan(3 * result.count(58, Count.NEW_USERS));
    // Free users make at most two in a session.
    double sessions = 0;
    for (int hour = 60; hour < HOURS; hour++) {
      sessions += result.count(hour, Count.SESSIONS);
    }
    assertThat(everyone / sessions).isLessThan(2.4);
  }

  private static long outputsOfRegions(RecordedWave run, int from, int to) {
    long sum = 0;
    for (int hour = from; hour < to; hour++) {
      sum += run.outputs(hour, 0) + run.outputs(hour, 1);
    }
    return sum;
  }

  @Test
  void theLoadOfAnHourSetsTheEnergyOfItsOutputs() {
    RecordedWave plain = run(Waves.service(AccessRule.OPEN), Fleet.boundless(), 2);
    RecordedWave loaded =
        run(Waves.service(AccessRule.OPEN), demanded -> new FleetHour(1, 1.5, 0, 1, 1, 1), 2);

    assertThat(loaded.outputs()).isEqualTo(plain.outputs());
    assertThat(loaded.energyKwh(30, 0, 0, 0))
        .isCloseTo(1.5 * plain.energyKwh(30, 0, 0, 0), within(1e-9));
    assertThat(loaded.energyKwh(30, 0, 2, 0)).isEqualTo(plain.energyKwh(30, 0, 2, 0));
  }

  @Test
  void theLoadLeavesTheNetworkAlone() {
    EnergyOfOutput withNetwork =
        new EnergyOfOutput() {
          @Override
          public double kwh(int venue, int kind) {
            return ENERGY.kwh(venue, kind);
          }

          @Override
          public double loadShare(int venue, int kind) {
            return 0.6;
          }
        };
    RecordedWave plain = run(Waves.service(AccessRule.OPEN), Fleet.boundless(), 2);
    RecordedWave loaded =
        new RecordedWave(
            wave(Waves.service(AccessRule.OPEN)),
            withNetwork,
            region -> demanded -> new FleetHour(1, 1.5, 0, 1, 1, 1),
            2);

    assertThat(loaded.energyKwh(30, 0, 0, 0))
        .isCloseTo(1.3 * plain.energyKwh(30, 0, 0, 0), within(1e-9));
  }

  @Test
  void idleEnergyIsBookedInHoursInWhichNoOutputBearsIt() {
    RecordedWave result =
        run(
            Waves.service(AccessRule.OPEN),
            demanded -> new FleetHour(demanded > 50 ? 0 : 1, 1, 0, 1, 1, 1, 7),
            2);

    int idleHours = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      for (int region = 0; region < 2; region++) {
        long made = result.outputs(hour, region);
        assertThat(result.idleKwh(hour, region)).isEqualTo(made == 0 ? 7 : 0);
        idleHours += made == 0 ? 1 : 0;
      }
    }
    assertThat(idleHours).isBetween(1, 2 * HOURS - 1);
  }

  @Test
  void aStoppedRunKeepsTheHoursThatAreDone() {
    WaveResult result =
        new WaveSimulation(
                wave(Waves.service(AccessRule.OPEN)), ENERGY, region -> Fleet.boundless())
            .run(42, 2, made -> made.hour() < 29);

    WaveResult whole = run(Waves.service(AccessRule.OPEN), Fleet.boundless(), 2).result;
    assertThat(result.hours()).isEqualTo(30);
    assertThat(result.count(29, Count.ADOPTED)).isEqualTo(whole.count(29, Count.ADOPTED));
  }
}
