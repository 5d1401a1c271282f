package io.gtrace.estimate;

import io.gtrace.factor.Accelerator;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.trace.Provenance;
import io.gtrace.uncertainty.Scatter;
import java.util.Optional;

/**
 * What comes on top of the energy of the accelerators themselves: the rest of the machine, idle
 * time and the making of the hardware. In a data centre host and idle energy are in proportion to
 * accelerator energy; an edge device that is a whole computer has its host inside its own power.
 */
final class ServerOverhead {
  static final double JOULES_PER_KWH = 3.6e6;
  static final String FORMULA =
      "accelerator energy × (1 + host share + idle share); embodied = accelerator seconds /"
          + " (lifetime × use) × (accelerator + its share of the server)";
  private static final double SECONDS_PER_YEAR = 365.25 * 86_400;

  private final Accelerator accelerator;
  private final Factor loadShare;
  private final Factor hostShare;
  private final Factor idleShare;
  private final Factor lifetimeYears;
  private final Factor use;
  private final Factor embodiedAccelerator;
  private final Factor embodiedServer;
  private final Optional<Factor> likeness;

  ServerOverhead(FactorCatalogue catalogue, Deployment deployment) {
    accelerator = deployment.accelerator();
    boolean edge = deployment instanceof Deployment.Edge;
    boolean whole = accelerator.kind().isWholeDevice();
    String where = edge ? (whole ? "device" : "home-computer") : "server";
    loadShare = catalogue.assumption(edge ? "edge-load-power-share" : "load-power-share");
    hostShare = catalogue.assumption(where + "-host-energy-share");
    idleShare = catalogue.assumption(where + "-idle-energy-share");
    lifetimeYears = catalogue.assumption(edge ? "edge-lifetime-years" : "server-lifetime-years");
    use = catalogue.assumption(edge ? "edge-use" : "server-use");
    embodiedServer = catalogue.assumption(where + "-embodied-kg-per-accelerator");
    embodiedAccelerator = embodied(catalogue);
    likeness = accelerator.likeness();
  }

  private Factor embodied(FactorCatalogue catalogue) {
    Provenance device = accelerator.provenance();
    double sd =
        catalogue.assumption("embodied-log-sd-" + accelerator.embodiedTier().label()).median();
    return Factor.of(
        "embodied:" + accelerator.id(),
        "making of one " + accelerator.name(),
        "kgCO2e",
        Scatter.lognormal(accelerator.embodiedKg(), sd),
        new Provenance(
            accelerator.embodiedTier(), device.source(), device.year(), device.licence()));
  }

  /** Mean power of one accelerator while it works, W. */
  double loadPowerW(FactorState state) {
    return accelerator.thermalDesignPowerW() * state.of(loadShare);
  }

  /** The full cost of work that takes so much accelerator energy. */
  UnitRate of(double acceleratorJoules, FactorState state) {
    return of(acceleratorJoules, acceleratorJoules / loadPowerW(state), state);
  }

  /** The full cost of work that takes so much accelerator energy over so many seconds. */
  UnitRate of(double acceleratorJoules, double acceleratorSeconds, FactorState state) {
    double kwh = acceleratorJoules / JOULES_PER_KWH * likeness.map(state::of).orElse(1.0);
    double lifetimeSeconds = state.of(lifetimeYears) * SECONDS_PER_YEAR * state.of(use);
    double madeKg = state.of(embodiedAccelerator) + state.of(embodiedServer);
    return new UnitRate(
        kwh,
        kwh * state.of(hostShare),
        kwh * state.of(idleShare),
        0,
        acceleratorSeconds / lifetimeSeconds * madeKg);
  }
}
