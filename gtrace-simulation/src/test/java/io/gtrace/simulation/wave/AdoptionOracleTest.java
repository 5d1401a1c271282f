package io.gtrace.simulation.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.simulation.adoption.AdoptionModel;
import io.gtrace.simulation.adoption.Bass;
import io.gtrace.simulation.adoption.Memory;
import io.gtrace.simulation.adoption.SelfExciting;
import io.gtrace.simulation.adoption.SusceptibleInfectious;
import io.gtrace.simulation.adoption.Threshold;
import io.gtrace.simulation.wave.WaveSimulation.Observer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The engine beside what is known in closed form. */
class AdoptionOracleTest {
  private static WaveResult run(Wave wave, long seed) {
    return WaveSimulation.ofAdoption(wave).run(seed, 2, Observer.SILENT);
  }

  @Test
  void theFinalSizeOfAnEpidemicSolvesTheFinalSizeEquation() {
    for (double r0 : new double[] {1.3, 2, 3.5}) {
      long people = 400_000;
      Wave wave = Waves.wellMixed(people, 3_000, new SusceptibleInfectious(r0, 60, 0), 800);

      double share = (double) run(wave, 11).count(Count.ADOPTED) / people;

      assertThat(share).isCloseTo(finalSize(r0, 800.0 / people), within(0.01));
    }
  }

  /** Kermack and McKendrick 1927: s = s0 exp(-R0 (1 - s)). */
  private static double finalSize(double r0, double seeded) {
    double left = 0.5;
    for (int i = 0; i < 10_000; i++) {
      left = (1 - seeded) * Math.exp(-r0 * (1 - left));
    }
    return 1 - left;
  }

  @Test
  void manyPeopleFollowTheDifferentialEquationsOfAnEpidemic() {
    long people = 1_000_000;
    double r0 = 2.2;
    double activeHours = 100;
    double latentHours = 50;
    Wave wave =
        Waves.wellMixed(
            people, 2_500, new SusceptibleInfectious(r0, activeHours, latentHours), 5_000);
    WaveResult result = run(wave, 3);

    double susceptible = 1 - 5_000.0 / people;
    double exposed = 5_000.0 / people;
    double active = 0;
    double adopted = 0;
    long counted = 0;
    int steps = 50;
    for (int hour = 0; hour < 2_500; hour++) {
      counted += result.count(hour, Count.ADOPTED);
      for (int i = 0; i < steps; i++) {
        double noticing = r0 / activeHours * susceptible * active / steps;
        double adopting = exposed / latentHours / steps;
        double stopping = active / activeHours / steps;
        susceptible -= noticing;
        exposed += noticing - adopting;
        active += adopting - stopping;
        adopted += adopting;
      }
      if (hour % 100 == 99) {
        // The time step of an hour delays the wave by part of an hour in each generation.
        assertThat((double) counted / people).isCloseTo(adopted, within(0.02));
      }
    }
    assertThat((double) counted / people).isCloseTo(adopted, within(0.005));
  }

  @Test
  void manyPeopleFollowTheBassCurve() {
    long people = 300_000;
    double p = 0.0002;
    double q = 0.01;
    Wave wave = Waves.wellMixed(people, 1_200, new Bass(p, q), 0);
    WaveResult result = run(wave, 5);

    long counted = 0;
    for (int hour = 0; hour < 1_200; hour++) {
      counted += result.count(hour, Count.ADOPTED);
      double t = hour + 1;
      double decay = Math.exp(-(p + q) * t);
      double expected = (1 - decay) / (1 + q / p * decay);
      assertThat((double) counted / people).isCloseTo(expected, within(0.012));
    }
  }

  @Test
  void cascadesBelowTheThresholdHaveTheSizesOfABranchingProcess() {
    double branching = 0.6;
    Wave wave =
        Waves.wellMixed(100_000, 400, new SelfExciting(branching, new Memory.PowerLaw(3, 2.5)), 1);
    List<Long> sizes = new ArrayList<>();
    for (long seed = 0; seed < 1_500; seed++) {
      WaveResult result = WaveSimulation.ofAdoption(wave).run(seed, 1, Observer.SILENT);
      if (result.count(0, Count.NOTICED) == 1) {
        sizes.add(result.count(Count.ADOPTED));
      }
    }

    // Borel distribution: mean 1 / (1 - n); 1 with e^-n, 2 with n e^-2n.
    double runs = sizes.size();
    double mean = sizes.stream().mapToLong(Long::longValue).average().orElseThrow();
    assertThat(mean).isCloseTo(1 / (1 - branching), within(0.35));
    assertThat(sizes.stream().filter(size -> size == 1).count() / runs)
        .isCloseTo(Math.exp(-branching), within(0.06));
    assertThat(sizes.stream().filter(size -> size == 2).count() / runs)
        .isCloseTo(branching * Math.exp(-2 * branching), within(0.05));
  }

  @Test
  void aSelfExcitingProcessOnAFinitePopulationIsAnEpidemic() {
    // Rizoiu et al. 2018: with an exponential kernel the rates of HawkesN and SIR are equal once
    // recovery is averaged out; mean numbers agree at every moment up to the spread of offspring.
    int hours = 600;
    double[] epidemic = meanCurve(new SusceptibleInfectious(1.8, 40, 0), hours);
    double[] hawkes = meanCurve(new SelfExciting(1.8, new Memory.Exponential(40)), hours);

    for (int hour = 0; hour < hours; hour += 50) {
      assertThat(hawkes[hour]).isCloseTo(epidemic[hour], within(0.03));
    }
  }

  private static double[] meanCurve(AdoptionModel adoption, int hours) {
    long people = 5_000;
    int runs = 40;
    double[] mean = new double[hours];
    for (long seed = 0; seed < runs; seed++) {
      WaveResult result =
          WaveSimulation.ofAdoption(Waves.wellMixed(people, hours, adoption, 100))
              .run(seed, 1, Observer.SILENT);
      double share = 0;
      for (int hour = 0; hour < hours; hour++) {
        share += (double) result.count(hour, Count.ADOPTED) / people;
        mean[hour] += share / runs;
      }
    }
    return mean;
  }

  @Test
  void aSmallEpidemicEitherDiesOutOrTakesOff() {
    Wave wave = Waves.wellMixed(2_000, 800, new SusceptibleInfectious(2, 20, 0), 1);
    int started = 0;
    int diedOut = 0;
    long[] sizes = new long[400];
    for (int seed = 0; seed < sizes.length; seed++) {
      WaveResult result = WaveSimulation.ofAdoption(wave).run(seed, 1, Observer.SILENT);
      sizes[seed] = result.count(Count.ADOPTED);
      if (result.count(0, Count.NOTICED) == 1) {
        started++;
        diedOut += sizes[seed] < 200 ? 1 : 0;
      }
    }

    // One spreader with an exponential time of spreading dies out with probability 1 / R0.
    assertThat((double) diedOut / started).isCloseTo(0.5, within(0.12));
    assertThat(Arrays.stream(sizes).filter(size -> size >= 200 && size < 1_200)).isEmpty();
  }

  @Test
  void whereEveryoneNeedsTwoExposuresAFewStartersAreNotEnough() {
    SelfExciting spread = new SelfExciting(2, new Memory.Exponential(10));
    long atOne = adopted(new Threshold(spread, List.of(1.0)));
    long atTwo = adopted(new Threshold(spread, List.of(0.0, 1.0)));

    assertThat(atOne).isEqualTo(adopted(spread));
    assertThat(atOne).isGreaterThan(70_000);
    assertThat(atTwo).isLessThan(100);
  }

  private static long adopted(AdoptionModel adoption) {
    return run(Waves.wellMixed(100_000, 500, adoption, 50), 2).count(Count.ADOPTED);
  }
}
