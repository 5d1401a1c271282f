package io.gtrace.ratecard;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Work of some hours at a row of a card that stands for the whole year, in little memory: many
 * lines of an answer are made of a hundred of these each. Immutable.
 */
public final class HourlyWork {
  private static final int BASIC = Impact.CARBON_KG.ordinal();
  private static final Impact[] IMPACTS = Impact.values();

  private final DrawnRow row;

  /** By the position of drivers in the rates: volumes, then those weighted for each impact. */
  private final double[] amounts;

  private final double requests;

  private HourlyWork(DrawnRow row, double[] amounts, double requests) {
    this.row = row;
    this.amounts = amounts;
    this.requests = requests;
  }

  /**
   * @param row its rates and its site, of the whole year
   * @param volumes finite; negative where work that was priced elsewhere is taken back
   * @param locationBased the volumes of each hour times {@link HourRatios#locationBased}, summed
   * @param marketBased the same with {@link HourRatios#marketBased}
   */
  public HourlyWork(
      DrawnRow row,
      ToDoubleFunction<Driver> volumes,
      ToDoubleFunction<Driver> locationBased,
      ToDoubleFunction<Driver> marketBased) {
    this.row = row;
    requests = volumes.applyAsDouble(Driver.REQUESTS);
    List<Driver> drivers = row.rates().drivers();
    int count = drivers.size();
    amounts = new double[3 * count];
    for (int d = 0; d < count; d++) {
      amounts[d] = volumes.applyAsDouble(drivers.get(d));
      amounts[count + d] = locationBased.applyAsDouble(drivers.get(d));
      amounts[2 * count + d] = marketBased.applyAsDouble(drivers.get(d));
    }
  }

  /** The row that prices it. */
  public DrawnRow row() {
    return row;
  }

  /**
   * Both together.
   *
   * @throws IllegalArgumentException if the other is at another row
   */
  public HourlyWork plus(HourlyWork other) {
    if (row != other.row) {
      throw new IllegalArgumentException("work at different rows of a card is no single work");
    }
    double[] sum = amounts.clone();
    addTo(sum, other.amounts);
    return new HourlyWork(row, sum, requests + other.requests);
  }

  /**
   * What works cost together, never less than nothing: what was taken back and was there leaves no
   * more than the last digits.
   *
   * @param factorSet digest of the factors behind their rows
   * @param works not to be changed any more
   * @param drawCount joint draws of each number of their rows
   */
  public static Footprint footprint(String factorSet, List<HourlyWork> works, int drawCount) {
    double[] medians = new double[BASIC];
    double variationKwh2 = 0;
    for (HourlyWork work : works) {
      double before = medians[Impact.ENERGY_KWH.ordinal()];
      work.addMedians(medians);
      variationKwh2 +=
          work.row.variationKwh2(work.requests, medians[Impact.ENERGY_KWH.ordinal()] - before);
    }
    notNegative(medians);
    return Footprint.of(
        factorSet, medians, Math.max(0, variationKwh2), new DrawsOfWorks(works, drawCount));
  }

  /** What works cost together in each draw. */
  private record DrawsOfWorks(List<HourlyWork> works, int drawCount)
      implements Footprint.ImpactDraws {
    @Override
    public double[] of(Impact basic) {
      double[] sum = new double[drawCount];
      works.forEach(work -> work.addDraws(sum, basic));
      notNegative(sum);
      return sum;
    }

    /** Row by row: what a unit costs there in each draw is fetched once for all. */
    @Override
    public List<double[]> ofAll(List<Footprint.ImpactDraws> all, Impact basic) {
      List<double[]> sums = new ArrayList<>(all.size());
      Map<Object, Parts> parts = new LinkedHashMap<>();
      for (Footprint.ImpactDraws each : all) {
        DrawsOfWorks whole = (DrawsOfWorks) each;
        double[] sum = new double[whole.drawCount];
        sums.add(sum);
        for (HourlyWork work : whole.works) {
          // Wear is the same at all sites.
          Object priced = basic == Impact.EMBODIED_KG ? work.row.rates() : work.row;
          parts
              .computeIfAbsent(priced, unknown -> new Parts(work.row, work.from(basic)))
              .add(sums.size(), sum, work.amounts);
        }
      }
      parts.values().forEach(each -> each.addDraws(basic));
      sums.forEach(HourlyWork::notNegative);
      return sums;
    }
  }

  /** Parts of several sums that cost the same by the unit. */
  private static final class Parts {
    private final DrawnRow row;
    private final int from;
    private final List<double[]> sums = new ArrayList<>();
    private final List<double[]> amounts = new ArrayList<>();
    private int last;
    private boolean isLastShared;

    /**
     * @param row that prices all of them
     * @param from where the amounts begin that count
     */
    Parts(DrawnRow row, int from) {
      this.row = row;
      this.from = from;
    }

    /**
     * Adds a part.
     *
     * @param number of its sum, 1 or more; those of one sum come one after the other
     */
    void add(int number, double[] sum, double[] amountsOfPart) {
      if (number != last) {
        sums.add(sum);
        amounts.add(amountsOfPart);
        last = number;
        isLastShared = true;
        return;
      }
      int at = amounts.size() - 1;
      if (isLastShared) {
        amounts.set(at, amounts.get(at).clone());
        isLastShared = false;
      }
      addTo(amounts.get(at), amountsOfPart);
    }

    void addDraws(Impact impact) {
      for (int i = 0; i < sums.size(); i++) {
        row.addDraws(sums.get(i), amounts.get(i), from, impact);
      }
    }
  }

  private static void addTo(double[] sum, double[] other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
  }

  private static void notNegative(double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.max(0, sums[i]);
    }
  }

  private int drivers() {
    return amounts.length / 3;
  }

  /** Where the amounts begin that an impact goes by. */
  private int from(Impact impact) {
    return switch (impact) {
      case OPERATIONAL_LOCATION_BASED_KG -> drivers();
      case OPERATIONAL_MARKET_BASED_KG -> 2 * drivers();
      default -> 0;
    };
  }

  private void addMedians(double[] medians) {
    for (int i = 0; i < BASIC; i++) {
      int from = from(IMPACTS[i]);
      for (int d = 0; d < drivers(); d++) {
        medians[i] += amounts[from + d] * row.perUnit(d, i);
      }
    }
  }

  private void addDraws(double[] sum, Impact impact) {
    row.addDraws(sum, amounts, from(impact), impact);
  }
}
