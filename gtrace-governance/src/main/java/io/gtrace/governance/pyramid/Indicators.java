package io.gtrace.governance.pyramid;

import io.gtrace.governance.facts.Estimate;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.UnknownFactException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The functions of all indicators, in one place: what an indicator's value is, and what its action
 * is worth. A new indicator is a row of {@code pyramid.yaml} and an entry here.
 */
final class Indicators {
  private static final Map<String, Functions> BY_ID = Collections.unmodifiableMap(all());

  private Indicators() {}

  /** Computes the values of an indicator. */
  @FunctionalInterface
  interface Measure {
    /**
     * @throws UnknownFactException if something is needed that is not known
     */
    Finding of(Facts facts);
  }

  /** Computes what the action of an indicator is worth in a period, kgCO2e. */
  @FunctionalInterface
  interface Worth {
    /**
     * @throws UnknownFactException if something is needed that is not known
     */
    Estimate ofKg(Facts facts);
  }

  private record Functions(Measure measure, Worth worth) {}

  private static Map<String, Functions> all() {
    Map<String, Functions> all = new LinkedHashMap<>();
    put(all, "1.1", Bounded::registerCoverage, Bounded::unregisteredCarbon);
    put(all, "1.2", Bounded::functionalUnit, Bounded::unassignedCarbon);
    put(all, "1.3", Bounded::singleAssignment, Bounded::unassignedCarbon);
    put(all, "1.4", Bounded::cutOff, Bounded::largestExclusion);
    put(all, "1.5", Bounded::siteClassKnown, Bounded::untaggedWidth);
    put(all, "1.6", Bounded::ownershipFresh, Bounded::ownerlessCarbon);
    put(all, "2.1", Metered::meteredShare, Metered::widthOfEnergy);
    put(all, "2.2", Metered::completeness, Metered::unmeteredCarbon);
    put(all, "2.3", Metered::reconciliation, Metered::residualCarbon);
    put(all, "2.4", Metered::idleIncluded, Metered::reclaimableIdle);
    put(all, "2.5", Metered::intensityPrecision, Metered::widthOfEnergy);
    put(all, "2.6", Metered::facilityKpis, Metered::plannedPue);
    put(all, "3.1", Accounted::dualTotals, Accounted::withoutMarketFigure);
    put(all, "3.2", Accounted::hourlyZoneMatch, Accounted::widthOfOther);
    put(all, "3.3", Accounted::reproducibility, Accounted::unreproducedCarbon);
    put(all, "3.4", Accounted::embodied, Accounted::longerLife);
    put(all, "3.5", Accounted::uncertainty, Metered::widthOfEnergy);
    put(all, "3.6", Accounted::factorHygiene, Accounted::widthOfOther);
    put(all, "4.1", Controlled::budgetCoverage, Controlled::overshoot);
    put(all, "4.2", Controlled::sciTrend, Controlled::beyondBaseline);
    put(all, "4.3", Controlled::releaseGate, Controlled::regressions);
    put(all, "4.4", Controlled::surgeReadiness, Controlled::expectedOvershoot);
    put(all, "4.5", Controlled::forecastSkill, Controlled::lateExcess);
    put(all, "4.6", Controlled::detectionLatency, Controlled::lateExcess);
    put(all, "5.1", Optimised::realisedSaving, Optimised::bestPlaces);
    put(all, "5.2", Optimised::noBurdenShift, Optimised::bestPlaces);
    put(all, "5.3", Optimised::captureRatio, Optimised::bestPlaces);
    put(all, "5.4", Optimised::rightSizing, Optimised::oversized);
    put(all, "5.5", Optimised::utilisation, Optimised::idleAtTarget);
    put(all, "5.6", Optimised::efficiencyGain, Optimised::shortOfGain);
    put(all, "6.1", Assured::profileCompleteness, Assured::unassured);
    put(all, "6.2", Assured::traceability, Assured::unassured);
    put(all, "6.3", Assured::assuranceShare, Assured::unassured);
    put(all, "6.4", Assured::supplierData, Assured::supplierWidth);
    put(all, "6.5", Assured::restatement, Assured::openErrorCarbon);
    put(all, "6.6", Assured::labelledTraffic, Assured::unlabelledCarbon);
    put(all, "7.1", Stewarded::absolutePath, Stewarded::gapToPath);
    put(all, "7.2", Stewarded::creditsApart, Stewarded::nettedCarbon);
    put(all, "7.3", Stewarded::hourlyCleanEnergy, Stewarded::unmatchedCarbon);
    put(all, "7.4", Stewarded::rebound, Stewarded::takenBack);
    put(all, "7.5", Stewarded::demandStewardship, Stewarded::effectOnRest);
    put(all, "7.6", Stewarded::circularity, Stewarded::lostService);
    return all;
  }

  private static void put(Map<String, Functions> all, String id, Measure measure, Worth worth) {
    all.put(id, new Functions(measure, worth));
  }

  static Set<String> ids() {
    return BY_ID.keySet();
  }

  /** What is found of an indicator. */
  static Measure measure(String id) {
    return functions(id).measure();
  }

  /** What its action is worth; empty where that cannot be computed. */
  static Optional<Estimate> worthKg(String id, Facts facts) {
    try {
      return Optional.of(functions(id).worth().ofKg(facts));
    } catch (UnknownFactException notKnown) {
      return Optional.empty();
    }
  }

  private static Functions functions(String id) {
    Functions found = BY_ID.get(id);
    if (found == null) {
      throw new IllegalStateException("indicator " + id + " has no function");
    }
    return found;
  }
}
