package io.gtrace.simulation.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteadyStateTest {
  private static final double ENDLESS_S = 1e5;

  @ParameterizedTest
  @CsvSource({"1, 0.3", "1, 0.9", "2, 0.7", "5, 0.2", "5, 0.95", "40, 0.85", "700, 0.97"})
  void aFleetWithoutBatchesIsErlangsQueue(int servers, double load) {
    Replica single = Replicas.sharing(1, 0);
    double demandPerS = load * servers / Replicas.ALONE_S;

    SteadyState state = SteadyState.of(single, servers, demandPerS, ENDLESS_S);

    double waitS = Replicas.ALONE_S * Erlang.meanWait(servers, load * servers);
    assertThat(state.sojournS() - Replicas.ALONE_S).isCloseTo(waitS, within(1e-7));
    assertThat(state.inLine() / state.outputsPerS()).isCloseTo(waitS, within(1e-7));
    assertThat(state.busyReplicas()).isCloseTo(load * servers, withPercentage(1e-6));
    assertThat(state.outputsPerS()).isCloseTo(demandPerS, withPercentage(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5", "1, 3", "6, 0.8", "30, 1", "30, 2.5", "2000, 1.4"})
  void whereNothingMayWaitErlangsShareIsLost(int servers, double load) {
    double demandPerS = load * servers / Replicas.ALONE_S;

    SteadyState state = SteadyState.of(Replicas.sharing(1, 0), servers, demandPerS, 0);

    assertThat(1 - state.outputsPerS() / demandPerS)
        .isCloseTo(Erlang.lost(servers, load * servers), within(1e-9));
    assertThat(state.inLine()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0.1", "0.5", "0.8", "0.95"})
  void aReplicaThatOnlySharesItsRateIsProcessorSharing(double load) {
    Replica shared = Replicas.sharing(2_000, 0);

    SteadyState state = SteadyState.of(shared, 1, load / Replicas.ALONE_S, 0);

    assertThat(state.sojournS()).isCloseTo(Replicas.ALONE_S / (1 - load), withPercentage(1e-6));
    assertThat(state.busyReplicas()).isCloseTo(load, withPercentage(1e-6));
    assertThat(state.inProgress()).isCloseTo(load / (1 - load), withPercentage(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"0.5", "4", "60"})
  void aReplicaWhoseBatchesCostNoTimeHoldsAsManyAsComeMeanwhile(double offered) {
    SteadyState state =
        SteadyState.of(Replicas.sharing(2_000, 1), 1, offered / Replicas.ALONE_S, 0);

    assertThat(state.inProgress()).isCloseTo(offered, withPercentage(1e-6));
    assertThat(state.busyReplicas()).isCloseTo(1 - Math.exp(-offered), withPercentage(1e-6));
    assertThat(state.sojournS()).isCloseTo(Replicas.ALONE_S, withPercentage(1e-6));
  }

  @Test
  void aLargeFleetRunsAtTheBatchThatCarriesItsLoad() {
    Replica replica = Replicas.sharing(256, 0.5);
    double batch = 90;
    double demandPerS = 10_000 * replica.curve().outputsPerS(batch);

    SteadyState state = SteadyState.of(replica, 10_000, demandPerS, 30);

    assertThat(state.inProgress()).isCloseTo(10_000 * batch, withPercentage(0.1));
    assertThat(state.workingW())
        .isCloseTo(demandPerS * 1.5 * replica.curve().joules(90), withPercentage(0.1));
    assertThat(state.outputsPerS()).isCloseTo(demandPerS, withPercentage(1e-6));
    assertThat(state.acceptedShare()).isEqualTo(1);
  }

  /** The limit theorem behind it: shares and times no longer change with the size of the fleet. */
  @ParameterizedTest
  @CsvSource({"0.4", "0.9", "0.97", "1.1"})
  void aFleetTwiceAsLargeServesTwiceAsManyAlike(double load) {
    Replica replica = Replicas.sharing(64, 0.5);
    double mostPerS = replica.curve().mostOutputsPerS();

    SteadyState large = SteadyState.of(replica, 150, 150 * load * mostPerS, 30);
    SteadyState twice = SteadyState.of(replica, 300, 300 * load * mostPerS, 30);

    assertThat(twice.acceptedShare()).isCloseTo(large.acceptedShare(), within(1e-3));
    assertThat(twice.sojournS()).isCloseTo(large.sojournS(), withPercentage(0.1));
    assertThat(twice.workingW()).isCloseTo(2 * large.workingW(), withPercentage(0.1));
  }

  @Test
  void anOverloadedFleetMakesAllItCanAndNobodyWaitsLongerThanAllowed() {
    Replica replica = Replicas.sharing(8, 0.3);
    double mostPerS = 50 * replica.curve().mostOutputsPerS();

    SteadyState state = SteadyState.of(replica, 50, 4 * mostPerS, 20);

    assertThat(state.outputsPerS())
        .isCloseTo(mostPerS, withPercentage(0.001))
        .isCloseTo(state.acceptedShare() * 4 * mostPerS, withPercentage(1e-6));
    assertThat(state.busyReplicas()).isCloseTo(50, withPercentage(0.001));
    assertThat(state.inLine() / state.outputsPerS()).isBetween(19.0, 20.0);
  }

  @Test
  void whereExactlyAsMuchComesAsIsMadeTheLineIsOfAnyLengthAlike() {
    Replica single = Replicas.sharing(1, 0);

    SteadyState state = SteadyState.of(single, 1e6, 1e6 / Replicas.ALONE_S, 3_600);

    assertThat(state.inLine() / state.outputsPerS()).isCloseTo(1_800, withPercentage(0.5));
    assertThat(state.acceptedShare()).isCloseTo(1, within(1e-7));
  }

  @Test
  void aPartOfAReplicaDoesAPartOfItsWork() {
    Replica replica = Replicas.sharing(64, 0.5);

    SteadyState part = SteadyState.of(replica, 0.5, 0.5 * replica.curve().outputsPerS(16), 10);

    assertThat(part.busyReplicas()).isPositive().isLessThanOrEqualTo(0.5);
    assertThat(part.inProgress() / 0.5).isBetween(8.0, 32.0);
  }
}
