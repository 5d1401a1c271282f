package io.gtrace.ledger.trend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** What signals say of the cells of a grid. */
final class SignalCells {
  /** Less than that of a cell is no figure of it. */
  private static final double LEAST_SHARE = 0.5;

  /** Clocks change by an hour: a day of 25 hours is still a day. */
  private static final double ONE_CELL = 1.1;

  private SignalCells() {}

  /** The figure of a signal in each cell; a count is spread evenly over its period. */
  static List<OptionalDouble> values(TimeGrid grid, Signal signal) {
    double[] sums = new double[grid.cells()];
    double[] shares = new double[grid.cells()];
    for (Observation period : signal.observations()) {
      double from = Math.max(0, grid.position(period.from()));
      double until = Math.min(grid.cells(), grid.position(period.until()));
      double length = grid.position(period.until()) - grid.position(period.from());
      double rate =
          signal.kind() == SignalKind.INDEX
              ? period.reading().value()
              : period.reading().value() / length;
      for (int c = (int) Math.floor(from); c < until; c++) {
        double share = Math.min(until, c + 1.0) - Math.max(from, c);
        sums[c] += rate * share;
        shares[c] += share;
      }
    }
    List<OptionalDouble> values = new ArrayList<>();
    for (int c = 0; c < sums.length; c++) {
      values.add(
          shares[c] < LEAST_SHARE
              ? OptionalDouble.empty()
              : OptionalDouble.of(sums[c] / shares[c]));
    }
    return values;
  }

  /** What is known of each cell by any of the signals. */
  static List<Coverage> coverage(TimeGrid grid, List<Signal> signals) {
    double[] fine = new double[grid.cells()];
    double[] any = new double[grid.cells()];
    for (Signal signal : signals) {
      double[] fineHere = new double[grid.cells()];
      double[] anyHere = new double[grid.cells()];
      for (Observation period : signal.observations()) {
        double from = Math.max(0, grid.position(period.from()));
        double until = Math.min(grid.cells(), grid.position(period.until()));
        boolean oneCell = grid.position(period.until()) - grid.position(period.from()) < ONE_CELL;
        for (int c = (int) Math.floor(from); c < until; c++) {
          double share = Math.min(until, c + 1.0) - Math.max(from, c);
          anyHere[c] += share;
          fineHere[c] += oneCell ? share : 0;
        }
      }
      for (int c = 0; c < grid.cells(); c++) {
        fine[c] = Math.max(fine[c], fineHere[c]);
        any[c] = Math.max(any[c], anyHere[c]);
      }
    }
    Coverage[] coverage = new Coverage[grid.cells()];
    Arrays.setAll(
        coverage,
        c -> {
          if (fine[c] >= LEAST_SHARE) {
            return Coverage.OBSERVED;
          }
          return any[c] >= LEAST_SHARE ? Coverage.SPREAD : Coverage.INTERPOLATED;
        });
    return List.of(coverage);
  }
}
