package io.gtrace.simulation.study;

import io.gtrace.factor.HourlyProfile;
import io.gtrace.footprint.Footprint;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.ratecard.PricedVolumes.OverHours;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.wave.WaveResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prices what a run has booked. Outputs were drawn and booked one by one with their energy; the
 * energy of a cell over that of one output of the card, at the load of the hour, says how many
 * usual outputs the cell was worth, and so many are priced, in every impact and every draw of the
 * factors. The load of an hour changes the energy of machines and their facility alone, and so does
 * what stood idle in hours in which a fleet made nothing.
 */
final class WavePricing implements MemberPrices {
  private final PricedVolumes total;
  private final PricedVolumes idle;
  private final List<PricedVolumes> byCohort = new ArrayList<>();
  private final List<PricedVolumes> byVenue = new ArrayList<>();
  private final double[] carbonKgByHour;
  private final double[] waterLByHour;
  private final double[] idleKwhByHour;

  /**
   * @param prices of the outputs of the study
   * @param start of the study
   */
  WavePricing(
      RateCard card, Workplaces workplaces, OutputPrices prices, WaveResult result, Instant start) {
    int[] slots = new int[result.hours()];
    for (int hour = 0; hour < slots.length; hour++) {
      slots[hour] = HourlyProfile.slotOf(start.plus(hour, ChronoUnit.HOURS));
    }
    carbonKgByHour = new double[slots.length];
    waterLByHour = new double[slots.length];
    idleKwhByHour = new double[slots.length];
    total = card.newSum();
    idle = card.newSum();
    result.population().cohorts().forEach(cohort -> byCohort.add(card.newSum()));
    workplaces.venues().all().forEach(venue -> byVenue.add(card.newSum()));
    List<Pricing> cells = new ArrayList<>();
    for (int venue = 0; venue < byVenue.size(); venue++) {
      for (int kind = 0; kind < workplaces.kinds(); kind++) {
        cells.add(new Pricing(workplaces, prices, result, slots, venue, kind));
      }
      if (venue < workplaces.venues().regions()) {
        new Pricing(workplaces, prices, result, slots, venue, 0).priceIdle();
      }
    }
    double[][] energyKwh = new double[cells.size()][slots.length];
    for (int cohort = 0; cohort < byCohort.size(); cohort++) {
      result.energyKwh(cohort, energyKwh);
      for (int cell = 0; cell < energyKwh.length; cell++) {
        cells.get(cell).price(cohort, energyKwh[cell]);
      }
    }
  }

  /** Prices outputs of one kind at one venue. */
  private final class Pricing {
    private final Workplaces workplaces;
    private final OutputPrices prices;
    private final WaveResult result;
    private final int[] slots;
    private final int venue;
    private final int kind;
    private final double ofOneKwh;
    private final double loadShare;

    Pricing(
        Workplaces workplaces,
        OutputPrices prices,
        WaveResult result,
        int[] slots,
        int venue,
        int kind) {
      this.workplaces = workplaces;
      this.prices = prices;
      this.result = result;
      this.slots = slots;
      this.venue = venue;
      this.kind = kind;
      ofOneKwh = workplaces.kwh(venue, kind);
      loadShare = inRegion() ? workplaces.loadShare(venue, kind) : 0;
    }

    private boolean inRegion() {
      return venue < workplaces.venues().regions();
    }

    /**
     * @param energyKwh of the outputs for the cohort, by hour
     */
    void price(int cohort, double[] energyKwh) {
      if (Arrays.stream(energyKwh).anyMatch(kwh -> kwh > 0)) {
        price(cohort, worth(energyKwh), priceFor(result.population().cohorts().get(cohort).zone()));
      }
    }

    private OutputPrice priceFor(String zone) {
      return prices.of(workplaces, venue, kind, inRegion() ? Workplaces.ANYWHERE : zone);
    }

    /** What stood idle in hours without outputs belongs to the place, and to nobody's country. */
    void priceIdle() {
      OutputPrice price = priceFor(Workplaces.ANYWHERE);
      double[] times = new double[slots.length];
      for (int hour = 0; hour < slots.length; hour++) {
        times[hour] =
            price.machineKwh() == 0 ? 0 : result.idleKwh(hour, venue) / price.machineKwh();
        idleKwhByHour[hour] += times[hour] * price.insideKwh();
      }
      addInside(times, price, List.of(total, idle, byVenue.get(venue)));
    }

    /** As many usual outputs as what was made in each hour was worth. */
    private double[] worth(double[] energyKwh) {
      double[] worth = new double[slots.length];
      for (int hour = 0; hour < slots.length; hour++) {
        worth[hour] = energyKwh[hour] / (ofOneKwh * (1 + loadShare * excess(hour)));
      }
      return worth;
    }

    /** Energy of the machines for an output over that of the card, less 1. */
    private double excess(int hour) {
      return inRegion() ? result.fleet(hour, venue).energyRatio() - 1 : 0;
    }

    private void price(int cohort, double[] worth, OutputPrice price) {
      double all = 0;
      double locationBased = 0;
      double marketBased = 0;
      double[] excess = new double[slots.length];
      for (int hour = 0; hour < slots.length; hour++) {
        if (worth[hour] > 0) {
          HourRatios ratios = price.ratios(slots[hour]);
          all += worth[hour];
          locationBased += worth[hour] * ratios.locationBased();
          marketBased += worth[hour] * ratios.marketBased();
          carbonKgByHour[hour] += worth[hour] * price.carbonKg(slots[hour]);
          waterLByHour[hour] += worth[hour] * price.waterL();
          excess[hour] = worth[hour] * excess(hour);
        }
      }
      List<PricedVolumes> sums = List.of(total, byCohort.get(cohort), byVenue.get(venue));
      for (PricedVolumes sum : sums) {
        sum.addHours(
            price.ofYear(),
            price.volumes().times(all),
            price.volumes().times(locationBased),
            price.volumes().times(marketBased));
      }
      if (inRegion()) {
        addInside(excess, price, sums);
      }
    }

    /**
     * Adds energy of machines and their facility.
     *
     * @param times that of one output, by hour
     */
    private void addInside(double[] times, OutputPrice price, List<PricedVolumes> sums) {
      double all = 0;
      double locationBased = 0;
      double marketBased = 0;
      for (int hour = 0; hour < slots.length; hour++) {
        HourRatios ratios = price.ratios(slots[hour]);
        all += times[hour];
        locationBased += times[hour] * ratios.locationBased();
        marketBased += times[hour] * ratios.marketBased();
        carbonKgByHour[hour] += times[hour] * price.insideKg() * ratios.locationBased();
        waterLByHour[hour] += times[hour] * price.insideL();
      }
      OverHours over = new OverHours(all, locationBased, marketBased);
      sums.forEach(sum -> sum.addInsideFacility(price.ofYear(), price.volumes(), over));
    }
  }

  @Override
  public Footprint total() {
    return total.footprint();
  }

  @Override
  public Footprint idle() {
    return idle.footprint();
  }

  /** Energy of fleets that made nothing in each hour, with every factor at its median, kWh. */
  double[] idleKwhByHour() {
    return idleKwhByHour.clone();
  }

  @Override
  public Footprint ofCohort(int cohort) {
    return byCohort.get(cohort).footprint();
  }

  @Override
  public Footprint ofVenue(int venue) {
    return byVenue.get(venue).footprint();
  }

  /** Carbon of each hour with every factor at its median, kg. */
  double[] carbonKgByHour() {
    return carbonKgByHour.clone();
  }

  /** Water of each hour with every factor at its median, L. */
  double[] waterLByHour() {
    return waterLByHour.clone();
  }
}
