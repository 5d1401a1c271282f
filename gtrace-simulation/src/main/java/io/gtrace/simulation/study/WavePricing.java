package io.gtrace.simulation.study;

import io.gtrace.activity.Volumes;
import io.gtrace.factor.HourlyProfile;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.PricedVolumes;
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
 * energy of a cell over that of one output of the card says how many usual outputs the cell was
 * worth, and so many are priced, in every impact and every draw of the factors.
 */
final class WavePricing {
  private final PricedVolumes total;
  private final List<PricedVolumes> byCohort = new ArrayList<>();
  private final List<PricedVolumes> byVenue = new ArrayList<>();
  private final double[] carbonKgByHour;
  private final double[] waterLByHour;

  WavePricing(RateCard card, Workplaces workplaces, WaveResult result, Instant start) {
    int[] slots = new int[result.hours()];
    for (int hour = 0; hour < slots.length; hour++) {
      slots[hour] = HourlyProfile.slotOf(start.plus(hour, ChronoUnit.HOURS));
    }
    carbonKgByHour = new double[slots.length];
    waterLByHour = new double[slots.length];
    total = card.newSum();
    result.population().cohorts().forEach(cohort -> byCohort.add(card.newSum()));
    workplaces.venues().all().forEach(venue -> byVenue.add(card.newSum()));
    for (int venue = 0; venue < byVenue.size(); venue++) {
      for (int kind = 0; kind < workplaces.kinds(); kind++) {
        new Pricing(card, workplaces, result, slots, venue, kind).priceAll();
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

    Pricing(
        RateCard card, Workplaces workplaces, WaveResult result, int[] slots, int venue, int kind) {
      this.card = card;
      this.workplaces = workplaces;
      this.result = result;
      this.slots = slots;
      this.venue = venue;
      this.kind = kind;
      ofOneKwh = workplaces.kwh(venue, kind);
    }

    void priceAll() {
      List<Cohort> cohorts = result.population().cohorts();
      boolean everywhereAlike = venue < workplaces.venues().regions();
      Optional<PricedHours> ofRegion =
          everywhereAlike ? Optional.of(new PricedHours(cohorts.get(0).zone())) : Optional.empty();
      for (int cohort = 0; cohort < cohorts.size(); cohort++) {
        double[] worth = worth(cohort);
        if (Arrays.stream(worth).sum() > 0) {
          String zone = cohorts.get(cohort).zone();
          price(cohort, worth, ofRegion.orElseGet(() -> new PricedHours(zone)), zone);
        }
      }
    }

    /** As many usual outputs as what was made in each hour was worth. */
    private double[] worth(int cohort) {
      double[] worth = new double[slots.length];
      for (int hour = 0; hour < slots.length; hour++) {
        worth[hour] = result.energyKwh(hour, cohort, venue, kind) / ofOneKwh;
      }
      return worth;
    }

    private void price(int cohort, double[] worth, PricedHours hours, String zone) {
      double all = 0;
      double locationBased = 0;
      double marketBased = 0;
      for (int hour = 0; hour < slots.length; hour++) {
        if (worth[hour] > 0) {
          HourRatios ratios = hours.row(hour).drawn().hour();
          all += worth[hour];
          locationBased += worth[hour] * ratios.locationBased();
          marketBased += worth[hour] * ratios.marketBased();
          carbonKgByHour[hour] += worth[hour] * hours.carbonKg[hour];
          waterLByHour[hour] += worth[hour] * hours.waterL[hour];
        }
      }
      CardRow any = hours.row(0);
      CardRow ofYear =
          card.rowOfYear(any.model(), any.modality(), workplaces.site(venue, zone), any.year());
      Volumes one = hours.one;
      for (PricedVolumes sum : List.of(total, byCohort.get(cohort), byVenue.get(venue))) {
        sum.addHours(
            ofYear.drawn(), one.times(all), one.times(locationBased), one.times(marketBased));
      }
    }

    /** What one output costs in each hour with every factor at its median. */
    private final class PricedHours {
      private final List<CardRow> rows;
      private final Volumes one;
      private final double[] carbonKg = new double[slots.length];
      private final double[] waterL = new double[slots.length];

      PricedHours(String zone) {
        rows = workplaces.rows(venue, kind, zone);
        one = workplaces.volumes(venue, kind, rows.get(0));
        Map<CardRow, Footprint> known = new HashMap<>();
        for (int hour = 0; hour < slots.length; hour++) {
          Footprint footprint = known.computeIfAbsent(row(hour), row -> row.price(one));
          carbonKg[hour] = footprint.median(Impact.CARBON_KG);
          waterL[hour] = footprint.median(Impact.WATER_L);
        }
      }

      CardRow row(int hour) {
        return rows.size() == 1 ? rows.get(0) : rows.get(slots[hour]);
      }
    }
  }

  Footprint total() {
    return total.footprint();
  }

  Footprint ofCohort(int cohort) {
    return byCohort.get(cohort).footprint();
  }

  Footprint ofVenue(int venue) {
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
