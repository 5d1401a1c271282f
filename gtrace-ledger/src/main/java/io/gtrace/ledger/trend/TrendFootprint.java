package io.gtrace.ledger.trend;

import io.gtrace.GTrace;
import io.gtrace.activity.Activity;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import io.gtrace.uncertainty.Scatter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a volume costs: its draws times outputs for each of its units times the draws of the rate
 * card, state of the world by state of the world.
 *
 * @param outputs how many outputs were made
 * @param footprint what they cost
 * @param perOutput what one cost, by the first row of the card that priced it
 * @param model the model as the rate card names it
 * @param site the site, likewise
 * @param notes what was assumed of model and site
 */
public record TrendFootprint(
    Quantity outputs,
    Footprint footprint,
    Footprint perOutput,
    String model,
    String site,
    List<String> notes) {
  private static final int BASIC = Impact.CARBON_KG.ordinal();

  public TrendFootprint {
    notes = List.copyOf(notes);
  }

  /**
   * Prices a volume.
   *
   * @param outputsPerUnit outputs made for each unit of the volume; exactly one if it counts
   *     outputs
   * @param oneOutput the making of one output
   * @param draws those that the volume was estimated with and the rate card was made with
   * @throws IllegalArgumentException if the volume is an index, or the activity cannot be priced
   */
  public static TrendFootprint of(
      TrendEstimate estimate,
      Scatter outputsPerUnit,
      Activity oneOutput,
      GTrace gtrace,
      Draws draws) {
    if (!estimate.isAbsolute()) {
      throw new IllegalArgumentException(
          "an index says nothing of amounts: give an anchor before pricing it");
    }
    double[] perUnit = draws.of("trend:outputs per unit:" + estimate.unit(), outputsPerUnit);
    Map<CardRow, double[]> sums = new LinkedHashMap<>();
    for (int c = 0; c < estimate.grid().cells(); c++) {
      CardRow row = row(gtrace.card(), oneOutput, estimate.grid(), c);
      double[] sum = sums.computeIfAbsent(row, first -> new double[draws.count()]);
      double[] volume = estimate.volumeDraws(c);
      for (int k = 0; k < sum.length; k++) {
        sum[k] += volume[k] * perUnit[k];
      }
    }
    List<Part> parts = new ArrayList<>();
    sums.forEach((row, outputs) ->
        parts.add(new Part(row.price(oneOutput.volumes(row.defaults())), outputs)));
    CardRow first = sums.keySet().iterator().next();
    return new TrendFootprint(
        outputs(parts, draws.count()),
        footprint(parts, first.factorSet()),
        parts.get(0).unit(),
        first.model(),
        first.site(),
        first.notes());
  }

  /** Outputs that were priced by the same row. */
  private static final class Part {
    private final Footprint unit;
    private final double[] outputs;

    private Part(Footprint unit, double[] outputs) {
      this.unit = unit;
      this.outputs = outputs;
    }

    Footprint unit() {
      return unit;
    }

    double median() {
      return Quantiles.quantity(outputs).median();
    }

    void addTo(double[] sum, double[] each) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += outputs[k] * each[k];
      }
    }
  }

  /** Days are priced at the mean of their year, hours at their own grid where that is known. */
  private static CardRow row(RateCard card, Activity oneOutput, TimeGrid grid, int cell) {
    if (grid.step() == TimeGrid.Step.HOUR) {
      return card.row(oneOutput.in(oneOutput.context().on(grid.start(cell))));
    }
    int year = LocalDate.ofInstant(grid.start(cell), ZoneOffset.UTC).getYear();
    return card.rowOfYear(
        oneOutput.model(), oneOutput.modality(), oneOutput.context().site(), OptionalInt.of(year));
  }

  private static Quantity outputs(List<Part> parts, int count) {
    double[] sum = new double[count];
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    parts.forEach(part -> part.addTo(sum, ones));
    return Quantiles.quantity(sum);
  }

  private static Footprint footprint(List<Part> parts, String factorSet) {
    double[] medians = new double[BASIC];
    double variationKwh2 = 0;
    for (Part part : parts) {
      double outputs = part.median();
      for (int i = 0; i < BASIC; i++) {
        medians[i] += outputs * part.unit().median(Impact.values()[i]);
      }
      variationKwh2 += outputs * part.unit().variationKwh2();
    }
    return Footprint.of(
        factorSet,
        medians,
        variationKwh2,
        impact -> {
          double[] sum = new double[parts.get(0).unit().draws(impact).length];
          parts.forEach(part -> part.addTo(sum, part.unit().draws(impact)));
          return sum;
        });
  }
}
