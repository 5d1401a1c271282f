package io.gtrace.report;

import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.trend.Coverage;
import io.gtrace.ledger.trend.TimeGrid;
import io.gtrace.ledger.trend.TrendEstimate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;

/** The volume of a trend in as many rows as people read: cells, or days and weeks of them. */
public final class TrendRows {
  private static final int MOST = 45;
  private static final Quantile QUANTILE = Quantile.withDefaults().withCopy(false);
  private static final double[] LOW_MEDIAN_HIGH = {0.05, 0.5, 0.95};

  private TrendRows() {}

  /**
   * Some cells together.
   *
   * @param label when it begins, UTC
   * @param volume the volume in all of them
   * @param remark what is to be known of it; empty if it was observed and is whole
   */
  public record Row(String label, Quantity volume, String remark) {}

  /** The rows of an estimate. */
  public static List<Row> of(TrendEstimate estimate) {
    int width = width(estimate.grid());
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < estimate.grid().cells(); from += width) {
      int until = Math.min(from + width, estimate.grid().cells());
      rows.add(
          new Row(
              label(estimate.grid(), from, width),
              quantity(estimate.sum(from, until)),
              remark(estimate, from, until, width)));
    }
    return rows;
  }

  /** What a row is, as in {@code day}. */
  public static String step(TrendEstimate estimate) {
    int width = width(estimate.grid());
    String cell = estimate.grid().step().label();
    return width == 1 ? cell : width + " " + cell + "s";
  }

  private static int width(TimeGrid grid) {
    int[] widths =
        grid.step() == TimeGrid.Step.HOUR ? new int[] {1, 24, 168} : new int[] {1, 7, 28, 91, 364};
    return Arrays.stream(widths)
        .filter(width -> grid.cells() <= MOST * width)
        .findFirst()
        .orElse(widths[widths.length - 1]);
  }

  private static String label(TimeGrid grid, int cell, int width) {
    return moment(grid.start(cell), grid.step() == TimeGrid.Step.HOUR && width == 1);
  }

  /** A moment, UTC, with or without its hour. */
  public static String moment(Instant moment, boolean withHour) {
    return DateTimeFormatter.ofPattern(withHour ? "d MMM uuuu HH:mm" : "d MMM uuuu", Locale.ENGLISH)
        .format(moment.atOffset(ZoneOffset.UTC));
  }

  private static String remark(TrendEstimate estimate, int from, int until, int width) {
    List<Coverage> cells = estimate.coverage().subList(from, until);
    long interpolated = cells.stream().filter(each -> each == Coverage.INTERPOLATED).count();
    long spread = cells.stream().filter(each -> each == Coverage.SPREAD).count();
    List<String> remarks = new ArrayList<>();
    if (interpolated > 0) {
      remarks.add(interpolated == cells.size() ? "interpolated" : interpolated + " interpolated");
    }
    if (spread > 0) {
      remarks.add("from longer periods");
    }
    if (until - from < width) {
      remarks.add((until - from) + " " + estimate.grid().step().label() + "s only");
    }
    return String.join(", ", remarks);
  }

  private static Quantity quantity(double[] draws) {
    double[] found = QUANTILE.evaluate(draws, LOW_MEDIAN_HIGH);
    return new Quantity(found[1], found[0], found[2]);
  }

  /** The median volume of each row as a share of the largest. */
  public static double[] shares(List<Row> rows) {
    double largest = rows.stream().mapToDouble(row -> row.volume().median()).max().orElse(1);
    return IntStream.range(0, rows.size())
        .mapToDouble(i -> rows.get(i).volume().median() / largest)
        .toArray();
  }
}
