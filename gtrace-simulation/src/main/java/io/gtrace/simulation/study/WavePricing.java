package io.gtrace.simulation.study;

import io.gtrace.factor.HourlyProfile;
import io.gtrace.footprint.Footprint;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.PricedVolumes;
import io.gtrace.ratecard.PricedVolumes.OverHours;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.people.Cohort;
import io.gtrace.simulation.people.Population;
import io.gtrace.simulation.wave.HourOfWave;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prices what a run makes, hour after hour. Outputs were drawn and booked one by one with their
 * energy; the energy of a cell over that of one output of the card, at the load of the hour, says
 * how many usual outputs the cell was worth, and so many are priced, in every impact and every draw
 * of the factors. The load of an hour changes the energy of machines and their facility alone, and
 * so does what stood idle in hours in which a fleet made nothing.
 */
final class WavePricing {
  private final RateCard card;
  private final Workplaces workplaces;
  private final OutputPrices prices;
  private final List<Cohort> cohorts;
  private final Instant start;
  private final int venues;
  private final int regions;
  private final int kinds;
  private final double[] ofOneKwh;
  private final double[] loadShares;
  private final List<OutputPrice> priceOfRegion = new ArrayList<>();

  /** Of each cohort, venue and kind, once something was made. */
  private final @Nullable OutputPrice[] priceOfCell;

  private final Times made;

  /** Energy inside the facility beyond that of the card, in that of one output. */
  private final Times excess;

  /** What stood idle in each region, in outputs that would have taken as much energy. */
  private final Times idle;

  private final double[] carbonKgByHour;
  private final double[] waterLByHour;
  private final double[] idleKwhByHour;

  /**
   * @param prices of the outputs of the study
   * @param start of the study
   * @param hours of the run
   */
  WavePricing(
      RateCard card,
      Workplaces workplaces,
      OutputPrices prices,
      Population population,
      Instant start,
      int hours) {
    this.card = card;
    this.workplaces = workplaces;
    this.prices = prices;
    this.start = start;
    cohorts = population.cohorts();
    venues = workplaces.venues().all().size();
    regions = workplaces.venues().regions();
    kinds = workplaces.kinds();
    ofOneKwh = new double[venues * kinds];
    loadShares = new double[venues * kinds];
    for (int venue = 0; venue < venues; venue++) {
      for (int kind = 0; kind < kinds; kind++) {
        ofOneKwh[venue * kinds + kind] = workplaces.kwh(venue, kind);
        loadShares[venue * kinds + kind] = venue < regions ? workplaces.loadShare(venue, kind) : 0;
      }
    }
    for (int region = 0; region < regions; region++) {
      priceOfRegion.add(priceOf(region, 0, Workplaces.ANYWHERE));
    }
    int cells = cohorts.size() * venues * kinds;
    priceOfCell = new OutputPrice[cells];
    made = new Times(cells);
    excess = new Times(cells);
    idle = new Times(regions);
    carbonKgByHour = new double[hours];
    waterLByHour = new double[hours];
    idleKwhByHour = new double[hours];
  }

  private OutputPrice priceOf(int venue, int kind, String zone) {
    return prices.of(workplaces, venue, kind, venue < regions ? Workplaces.ANYWHERE : zone);
  }

  /** Sums over hours, and the same by how clean each hour was. */
  private static final class Times {
    private static final int COLUMNS = 3;

    private final double[] sums;

    Times(int rows) {
      sums = new double[COLUMNS * rows];
    }

    void add(int row, double times, HourRatios ratios) {
      int at = COLUMNS * row;
      sums[at] += times;
      sums[at + 1] += times * ratios.locationBased();
      sums[at + 2] += times * ratios.marketBased();
    }

    OverHours over(int row) {
      int at = COLUMNS * row;
      return new OverHours(sums[at], sums[at + 1], sums[at + 2]);
    }
  }

  /** Prices an hour. */
  void add(HourOfWave hour) {
    new Hour(hour).add();
  }

  /** An hour that is priced. */
  private final class Hour {
    private final HourOfWave of;
    private final int slot;
    private final double[] excessOfCell = new double[venues * kinds];
    private final double[] usualKwh = ofOneKwh.clone();
    private double carbonKg;
    private double waterL;

    Hour(HourOfWave of) {
      this.of = of;
      slot = HourlyProfile.slotOf(start.plus(of.hour(), ChronoUnit.HOURS));
      for (int cell = 0; cell < regions * kinds; cell++) {
        excessOfCell[cell] = of.fleet(cell / kinds).energyRatio() - 1;
        usualKwh[cell] *= 1 + loadShares[cell] * excessOfCell[cell];
      }
    }

    void add() {
      for (int region = 0; region < regions; region++) {
        addIdle(region);
      }
      double[] kwh = new double[usualKwh.length];
      for (int cohort = 0; cohort < cohorts.size(); cohort++) {
        of.energyKwh(cohort, kwh);
        for (int cell = 0; cell < kwh.length; cell++) {
          if (kwh[cell] > 0) {
            add(cohort, cell, kwh[cell] / usualKwh[cell]);
          }
        }
      }
      carbonKgByHour[of.hour()] = carbonKg;
      waterLByHour[of.hour()] = waterL;
    }

    /** What stood idle in an hour without outputs belongs to the place, and to nobody's country. */
    private void addIdle(int region) {
      OutputPrice price = priceOfRegion.get(region);
      double kwh = of.idleKwh(region);
      if (kwh > 0 && price.machineKwh() > 0) {
        double outputs = kwh / price.machineKwh();
        idleKwhByHour[of.hour()] += outputs * price.insideKwh();
        addInside(idle, region, outputs, price);
      }
    }

    private void add(int cohort, int cell, double outputs) {
      int row = cohort * usualKwh.length + cell;
      OutputPrice price = priceOf(cohort, cell, row);
      made.add(row, outputs, price.ratios(slot));
      carbonKg += outputs * price.carbonKg(slot);
      waterL += outputs * price.waterL();
      if (excessOfCell[cell] != 0) {
        addInside(excess, row, outputs * excessOfCell[cell], price);
      }
    }

    /** Adds energy of machines and their facility, so many times that of one output. */
    private void addInside(Times to, int row, double times, OutputPrice price) {
      HourRatios ratios = price.ratios(slot);
      to.add(row, times, ratios);
      carbonKg += times * price.insideKg() * ratios.locationBased();
      waterL += times * price.insideL();
    }
  }

  private OutputPrice priceOf(int cohort, int cell, int row) {
    OutputPrice known = priceOfCell[row];
    if (known == null) {
      known = priceOf(cell / kinds, cell % kinds, cohorts.get(cohort).zone());
      priceOfCell[row] = known;
    }
    return known;
  }

  /** Energy of fleets that made nothing in each hour, with every factor at its median, kWh. */
  double[] idleKwhByHour() {
    return idleKwhByHour.clone();
  }

  /** Carbon of each hour with every factor at its median, kg. */
  double[] carbonKgByHour() {
    return carbonKgByHour.clone();
  }

  /** Water of each hour with every factor at its median, L. */
  double[] waterLByHour() {
    return waterLByHour.clone();
  }

  /** What all hours cost that were added. */
  MemberPrices prices() {
    Sums sums = new Sums(card, cohorts.size(), venues);
    for (int region = 0; region < regions; region++) {
      sums.addIdle(region, priceOfRegion.get(region), idle.over(region));
    }
    for (int row = 0; row < priceOfCell.length; row++) {
      OutputPrice price = priceOfCell[row];
      if (price != null) {
        int cohort = row / kinds / venues;
        int venue = row / kinds % venues;
        List<PricedVolumes> to = sums.of(cohort, venue);
        addMade(to, price, made.over(row));
        if (venue < regions) {
          addInside(to, price, excess.over(row));
        }
      }
    }
    return sums;
  }

  private static void addMade(List<PricedVolumes> to, OutputPrice price, OverHours outputs) {
    for (PricedVolumes sum : to) {
      sum.addHours(
          price.ofYear(),
          price.volumes().times(outputs.all()),
          price.volumes().times(outputs.locationBased()),
          price.volumes().times(outputs.marketBased()));
    }
  }

  private static void addInside(List<PricedVolumes> to, OutputPrice price, OverHours times) {
    to.forEach(sum -> sum.addInsideFacility(price.ofYear(), price.volumes(), times));
  }

  /** The same as volumes, in every draw of the factors. */
  private static final class Sums implements MemberPrices {
    private final PricedVolumes total;
    private final PricedVolumes idle;
    private final List<PricedVolumes> byCohort = new ArrayList<>();
    private final List<PricedVolumes> byVenue = new ArrayList<>();

    Sums(RateCard card, int cohorts, int venues) {
      total = card.newSum();
      idle = card.newSum();
      for (int cohort = 0; cohort < cohorts; cohort++) {
        byCohort.add(card.newSum());
      }
      for (int venue = 0; venue < venues; venue++) {
        byVenue.add(card.newSum());
      }
    }

    List<PricedVolumes> of(int cohort, int venue) {
      return List.of(total, byCohort.get(cohort), byVenue.get(venue));
    }

    void addIdle(int region, OutputPrice price, OverHours outputs) {
      addInside(List.of(total, idle, byVenue.get(region)), price, outputs);
    }

    @Override
    public Footprint total() {
      return total.footprint();
    }

    @Override
    public Footprint idle() {
      return idle.footprint();
    }

    @Override
    public Footprint ofCohort(int cohort) {
      return byCohort.get(cohort).footprint();
    }

    @Override
    public Footprint ofVenue(int venue) {
      return byVenue.get(venue).footprint();
    }
  }
}
