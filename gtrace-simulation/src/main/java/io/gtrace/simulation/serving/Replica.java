package io.gtrace.simulation.serving;

import io.gtrace.activity.Activity;
import io.gtrace.factor.Accelerator;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.simulation.Within;

/**
 * Accelerators that hold one copy of a model together, and their part of the machine.
 *
 * @param accelerators how many, 1 to 1,024
 * @param curve what an output costs them by batch
 * @param hostEnergyShare energy of processors, memory and fans over that of accelerators at work, 0
 *     to 10
 * @param idleW power while switched on with nothing to do, of accelerators and machine, W, 0 or
 *     more
 * @param cardJ energy that the rate card takes for an output, of accelerators and machine, its
 *     share of idle machines included, J, above 0
 */
public record Replica(
    int accelerators, BatchCurve curve, double hostEnergyShare, double idleW, double cardJ) {
  /**
   * Power of the machine around idle accelerators over that around busy ones, as the rate card's
   * assumption {@code server-idle-energy-share} takes it.
   */
  private static final double IDLE_HOST_POWER_SHARE = 0.6;

  public Replica {
    Within.require("accelerators of a replica", accelerators, 1, 1_024);
    Within.require("energy share of the host", hostEnergyShare, 0, 10);
    Within.require("idle power", idleW, 0, 1e9);
    Within.require("energy of the rate card", cardJ, Double.MIN_NORMAL, 1e15);
  }

  /**
   * By the laws and assumptions of the rate card, with every factor at its median.
   *
   * @param output as {@link BatchCurve#of(FactorCatalogue, Activity, Accelerator, int, int)} takes
   *     it
   * @param accelerators how many make an output together, 1 to 1,024
   * @param largestBatch 1 to 65,536
   */
  public static Replica of(
      FactorCatalogue catalogue,
      Activity output,
      Accelerator accelerator,
      int accelerators,
      int largestBatch) {
    OutputLaw law = OutputLaw.of(catalogue, output, accelerator);
    double host = catalogue.assumption("server-host-energy-share").median();
    double idle = catalogue.assumption("server-idle-energy-share").median();
    double idlePower =
        catalogue.assumption("idle-power-share").median()
            + IDLE_HOST_POWER_SHARE * host * catalogue.assumption("load-power-share").median();
    return new Replica(
        accelerators,
        BatchCurve.of(law, accelerators, largestBatch),
        host,
        accelerators * accelerator.thermalDesignPowerW() * idlePower,
        law.joules(law.cardAccelerators(), law.cardBatch()) * (1 + host + idle));
  }

  /** How many the rate card takes to make an output together. */
  public static int usualAccelerators(
      FactorCatalogue catalogue, Activity output, Accelerator accelerator) {
    return OutputLaw.of(catalogue, output, accelerator).cardAccelerators();
  }

  /** Accelerators that make so many outputs a second in the largest batches, all at work. */
  public double acceleratorsFor(double outputsPerS) {
    return outputsPerS / curve.mostOutputsPerS() * accelerators;
  }

  /** Power with so many in the making, of accelerators and machine, W; 0 with none. */
  double workingW(double inProgress) {
    return curve.powerW(inProgress) * (1 + hostEnergyShare);
  }
}
