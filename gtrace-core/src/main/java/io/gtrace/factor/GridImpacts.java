package io.gtrace.factor;

import io.gtrace.trace.Provenance;
import java.util.OptionalDouble;

/**
 * What one kWh of a zone's electricity costs besides carbon.
 *
 * @param zone grid zone
 * @param waterLPerKwh litres of water consumed
 * @param adpeKgSbEqPerKwh abiotic depletion of elements, kg antimony equivalent
 * @param primaryEnergyMjPerKwh primary energy, MJ
 */
public record GridImpacts(
    String zone,
    double waterLPerKwh,
    OptionalDouble adpeKgSbEqPerKwh,
    OptionalDouble primaryEnergyMjPerKwh,
    Provenance provenance) {}
