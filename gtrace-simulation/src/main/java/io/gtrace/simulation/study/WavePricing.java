package io.gtrace.simulation.study;

import io.gtrace.activity.Volumes;
import io.gtrace.factor.HourlyProfile;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.DrawnRow;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.ratecard.PricedVolumes.OverHours;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.Cohort;
import io.gtrace.simulation.wave.WaveResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  WavePricing(RateCard card, Workplaces workplaces, WaveResult result, Instant start) {
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
    for (int venue = 0; venue < byVenue.size(); venue++) {
      for (int kind = 0; kind < workplaces.kinds(); kind++) {
        new Pricing(card, workplaces, result, slots, venue, kind).priceAll();
      }
      if (venue < workplaces.venues().regions()) {
        new Pricing(card, workplaces, result, slots, venue, 0).priceIdle();
      }
    }
  }

  /** Prices outputs of one kind at one venue. */
  private final class Pricing {
    private final RateCard card;
    private final Workplaces workplaces;
    private final WaveResult result;
    private final int[] slots;
    private final int venue;
    private final int kind;
    private final double ofOneKwh;
    private final double loadShare;

    Pricing(
        RateCard card, Workplaces workplaces, WaveResult result, int[] slots, int venue, int kind) {
      this.card = card;
      this.workplaces = workplaces;
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

    void priceAll() {
      List<Cohort> cohorts = result.population().cohorts();
      Optional<PricedHours> ofRegion =
          inRegion() ? Optional.of(new PricedHours(cohorts.get(0).zone())) : Optional.empty();
      for (int cohort = 0; cohort < cohorts.size(); cohort++) {
        double[] worth = worth(cohort);
        if (Arrays.stream(worth).sum() > 0) {
          String zone = cohorts.get(cohort).zone();
          price(cohort, worth, ofRegion.orElseGet(() -> new PricedHours(zone)));
        }
      }
    }

    /** What stood idle in hours without outputs belongs to the place, and to nobody's country. */
    void priceIdle() {
      PricedHours hours = new PricedHours(result.population().cohorts().get(0).zone());
      double machineKwh = hours.row(0).drawn().machineKwh(hours.one);
      double[] times = new double[slots.length];
      for (int hour = 0; hour < slots.length; hour++) {
        times[hour] = machineKwh == 0 ? 0 : result.idleKwh(hour, venue) / machineKwh;
        idleKwhByHour[hour] += times[hour] * hours.insideKwh;
      }
      addInside(times, hours, List.of(total, idle, byVenue.get(venue)));
    }

    /** As many usual outputs as what was made in each hour was worth. */
    private double[] worth(int cohort) {
      double[] worth = new double[slots.length];
      for (int hour = 0; hour < slots.length; hour++) {
        worth[hour] =
            result.energyKwh(hour, cohort, venue, kind)
                / (ofOneKwh * (1 + loadShare * excess(hour)));
      }
      return worth;
    }

    /** Energy of the machines for an output over that of the card, less 1. */
    private double excess(int hour) {
      return inRegion() ? result.fleet(hour, venue).energyRatio() - 1 : 0;
    }

    private void price(int cohort, double[] worth, PricedHours hours) {
      double all = 0;
      double locationBased = 0;
      double marketBased = 0;
      double[] excess = new double[slots.length];
      for (int hour = 0; hour < slots.length; hour++) {
        if (worth[hour] > 0) {
          HourRatios ratios = hours.row(hour).drawn().hour();
          all += worth[hour];
          locationBased += worth[hour] * ratios.locationBased();
          marketBased += worth[hour] * ratios.marketBased();
          carbonKgByHour[hour] += worth[hour] * hours.carbonKg[hour];
          waterLByHour[hour] += worth[hour] * hours.waterL;
          excess[hour] = worth[hour] * excess(hour);
        }
      }
      List<PricedVolumes> sums = List.of(total, byCohort.get(cohort), byVenue.get(venue));
      for (PricedVolumes sum : sums) {
        sum.addHours(
            hours.ofYear(),
            hours.one.times(all),
            hours.one.times(locationBased),
            hours.one.times(marketBased));
      }
      if (inRegion()) {
        addInside(excess, hours, sums);
      }
    }

    /**
     * Adds energy of machines and their facility.
     *
     * @param times that of one output, by hour
     */
    private void addInside(double[] times, PricedHours hours, List<PricedVolumes> sums) {
      double all = 0;
      double locationBased = 0;
      double marketBased = 0;
      for (int hour = 0; hour < slots.length; hour++) {
        HourRatios ratios = hours.row(hour).drawn().hour();
        all += times[hour];
        locationBased += times[hour] * ratios.locationBased();
        marketBased += times[hour] * ratios.marketBased();
        carbonKgByHour[hour] += times[hour] * hours.insideKg * ratios.locationBased();
        waterLByHour[hour] += times[hour] * hours.insideL;
      }
      OverHours over = new OverHours(all, locationBased, marketBased);
      sums.forEach(sum -> sum.addInsideFacility(hours.ofYear(), hours.one, over));
    }

    /** What one output costs in each hour with every factor at its median. */
    private final class PricedHours {
      private final List<CardRow> rows;
      private final Volumes one;
      private final DrawnRow ofYear;
      private final double[] carbonKg = new double[slots.length];
      private final double waterL;
      private final double insideKwh;
      private final double insideKg;
      private final double insideL;

      PricedHours(String zone) {
        rows = workplaces.rows(venue, kind, zone);
        CardRow any = rows.get(0);
        one = workplaces.volumes(venue, kind, any);
        ofYear =
            card.rowOfYear(any.model(), any.modality(), workplaces.site(venue, zone), any.year())
                .drawn();
        Map<CardRow, Double> known = new HashMap<>();
        for (int hour = 0; hour < slots.length; hour++) {
          carbonKg[hour] =
              known.computeIfAbsent(row(hour), row -> row.price(one).median(Impact.CARBON_KG));
        }
        waterL = any.price(one).median(Impact.WATER_L);
        insideKwh = ofYear.insideFacility(one, Impact.ENERGY_KWH);
        insideKg = ofYear.insideFacility(one, Impact.OPERATIONAL_LOCATION_BASED_KG);
        insideL =
            ofYear.insideFacility(one, Impact.WATER_ON_SITE_L)
                + ofYear.insideFacility(one, Impact.WATER_ELECTRICITY_L);
      }

      DrawnRow ofYear() {
        return ofYear;
      }

      CardRow row(int hour) {
        return rows.size() == 1 ? rows.get(0) : rows.get(slots[hour]);
      }
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
