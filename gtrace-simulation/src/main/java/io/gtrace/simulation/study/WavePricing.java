package io.gtrace.simulation.study;

import io.gtrace.activity.Volumes;
import io.gtrace.factor.HourlyProfile;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.Cohort;
import io.gtrace.simulation.wave.WaveResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Prices what a run has booked. Outputs were drawn and booked one by one with their energy; the
 * energy of a cell over that of one output of the card says how many usual outputs the cell was
 * worth, and so many are priced, in every impact and every draw of the factors.
 */
final class WavePricing {
  private final RateCard card;
  private final Workplaces workplaces;
  private final WaveResult result;
  private final int[] slots;
  private final PricedVolumes total;
  private final List<PricedVolumes> byCohort = new ArrayList<>();
  private final List<PricedVolumes> byVenue = new ArrayList<>();
  private final double[] carbonKgByHour;
  private final double[] waterLByHour;

  WavePricing(RateCard card, Workplaces workplaces, WaveResult result, Instant start) {
    this.card = card;
    this.workplaces = workplaces;
    this.result = result;
    slots = new int[result.hours()];
    for (int hour = 0; hour < slots.length; hour++) {
      slots[hour] = HourlyProfile.slotOf(start.plus(hour, ChronoUnit.HOURS));
    }
    carbonKgByHour = new double[slots.length];
    waterLByHour = new double[slots.length];
    total = card.newSum();
    result.population().cohorts().forEach(cohort -> byCohort.add(card.newSum()));
    workplaces.venues().all().forEach(venue -> byVenue.add(card.newSum()));
    for (int cohort = 0; cohort < byCohort.size(); cohort++) {
      for (int venue = 0; venue < byVenue.size(); venue++) {
        for (int kind = 0; kind < workplaces.kinds(); kind++) {
          price(cohort, venue, kind);
        }
      }
    }
  }

  private void price(int cohort, int venue, int kind) {
    double[] worth = new double[slots.length];
    double all = 0;
    double ofOneKwh = workplaces.kwh(venue, kind);
    for (int hour = 0; hour < slots.length; hour++) {
      worth[hour] = result.energyKwh(hour, cohort, venue, kind) / ofOneKwh;
      all += worth[hour];
    }
    if (all == 0) {
      return;
    }
    Cohort people = result.population().cohorts().get(cohort);
    List<CardRow> rows = workplaces.rows(venue, kind, people.zone());
    CardRow anyRow = rows.get(0);
    Volumes one = workplaces.volumes(venue, kind, anyRow);
    double locationBased = 0;
    double marketBased = 0;
    for (int hour = 0; hour < slots.length; hour++) {
      if (worth[hour] > 0) {
        CardRow row = rows.size() == 1 ? anyRow : rows.get(slots[hour]);
        locationBased += worth[hour] * row.drawn().hour().locationBased();
        marketBased += worth[hour] * row.drawn().hour().marketBased();
        Footprint footprint = row.price(one);
        carbonKgByHour[hour] += worth[hour] * footprint.median(Impact.CARBON_KG);
        waterLByHour[hour] += worth[hour] * footprint.median(Impact.WATER_L);
      }
    }
    CardRow ofYear =
        card.rowOfYear(
            anyRow.model(),
            anyRow.modality(),
            workplaces.site(venue, people.zone()),
            anyRow.year());
    for (PricedVolumes sum : List.of(total, byCohort.get(cohort), byVenue.get(venue))) {
      sum.addHours(
          ofYear.drawn(), one.times(all), one.times(locationBased), one.times(marketBased));
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
