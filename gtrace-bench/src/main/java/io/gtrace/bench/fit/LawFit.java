package io.gtrace.bench.fit;

import io.gtrace.estimate.FactorState;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.validation.Measurement;
import io.gtrace.validation.MeasurementColumns;
import io.gtrace.validation.MeasurementReader;
import io.gtrace.validation.Measurements;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Fits the constants of a law to measurements, and again with the models of each backbone left out
 * in turn, which tells what the law says of models that it has not seen.
 */
final class LawFit {
  private static final double STEP = 1e-4;

  private final Law law;
  private final List<MeasuredRow> rows;
  private final Map<String, Integer> indexOf = new HashMap<>();
  private final RobustFit<MeasuredRow> fit;

  private LawFit(Law law, List<MeasuredRow> rows) {
    this.law = law;
    this.rows = rows;
    for (int p = 0; p < law.constants().size(); p++) {
      indexOf.put(law.constants().get(p).id(), p);
    }
    fit = new RobustFit<>(law.constants(), (row, logs) -> row.logError(state(logs)));
  }

  /** With the measurements beside this class; those that cannot be used are named. */
  static LawFit shipped(Law law, PrintStream out) {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    List<MeasuredRow> rows = new ArrayList<>();
    for (String file : law.files()) {
      Measurements measurements =
          MeasurementReader.read(
              catalogue, resource(file), MeasurementColumns.OURS, Optional.empty());
      measurements.refused().forEach(refused -> out.println(file + ", not used: " + refused));
      for (Measurement measured : measurements.usable()) {
        rows.add(MeasuredRow.of(catalogue, measured));
      }
    }
    return new LawFit(law, rows);
  }

  private static String resource(String file) {
    try (InputStream in = LawFit.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The constants as given, every other factor at its median. */
  private FactorState state(double[] logs) {
    return (Factor factor) -> {
      Integer index = indexOf.get(factor.id());
      return index == null ? factor.median() : Math.exp(logs[index]);
    };
  }

  /** Every model weighs the same however often it was measured. */
  private static double[] weights(List<MeasuredRow> rows) {
    Map<String, Long> count =
        rows.stream().collect(Collectors.groupingBy(MeasuredRow::modelName, Collectors.counting()));
    double[] weights =
        rows.stream()
            .mapToDouble(row -> 1 / Math.sqrt(count.getOrDefault(row.modelName(), 1L)))
            .toArray();
    double meanSquare = Arrays.stream(weights).map(w -> w * w).average().orElse(1);
    return Arrays.stream(weights).map(w -> w / Math.sqrt(meanSquare)).toArray();
  }

  /**
   * A row and how a law misses it.
   *
   * @param seen log of computed over measured energy by the fit to all rows
   * @param unseen the same by the fit without the row's backbone
   * @param logVariance variance of log energy from the uncertainty of the constants
   */
  record Miss(MeasuredRow row, double seen, double unseen, double logVariance) {}

  /**
   * What came of a fit.
   *
   * @param logs most probable logs of the constants, in the law's order
   * @param covariance of those logs
   * @param folds by backbone, the constants of the fit without it
   * @param misses in the order of the measurements
   */
  record Outcome(
      Law law,
      List<Double> logs,
      RealMatrix covariance,
      Map<String, Map<String, Double>> folds,
      List<Miss> misses) {}

  Outcome outcome() {
    RobustFit.Fitted all = fit.fit(rows, weights(rows));
    double[] logs = all.logs().toArray();
    Map<String, Map<String, Double>> folds = new LinkedHashMap<>();
    Map<MeasuredRow, Double> unseen = new HashMap<>();
    SortedSet<String> backbones =
        rows.stream().map(MeasuredRow::backbone).collect(Collectors.toCollection(TreeSet::new));
    for (String backbone : backbones) {
      List<MeasuredRow> kept =
          rows.stream().filter(row -> !row.backbone().equals(backbone)).toList();
      double[] without = fit.fit(kept, weights(kept), logs).logs().toArray();
      folds.put(backbone, constants(without));
      rows.stream()
          .filter(row -> row.backbone().equals(backbone))
          .forEach(row -> unseen.put(row, row.logError(state(without))));
    }
    List<Miss> misses =
        rows.stream()
            .map(row ->
                new Miss(row, row.logError(state(logs)), unseen.getOrDefault(row, Double.NaN), 0))
            .toList();
    RealMatrix covariance = all.covariance().add(jackknife(folds.values()));
    return new Outcome(
        law,
        Arrays.stream(logs).boxed().toList(),
        covariance,
        folds,
        withVariance(misses, covariance, logs));
  }

  /**
   * Covariance by leaving groups out: rows of one backbone err together, which the curvature at the
   * optimum does not know. Alone it has no more rank than there are groups.
   */
  private RealMatrix jackknife(Collection<Map<String, Double>> folds) {
    int count = law.constants().size();
    RealMatrix logs = new Array2DRowRealMatrix(folds.size(), count);
    int fold = 0;
    for (Map<String, Double> constants : folds) {
      for (int p = 0; p < count; p++) {
        double value = constants.getOrDefault(law.constants().get(p).id(), 1.0);
        logs.setEntry(fold, p, Math.log(value));
      }
      fold++;
    }
    for (int p = 0; p < count; p++) {
      double mean = Arrays.stream(logs.getColumn(p)).average().orElse(0);
      for (int i = 0; i < logs.getRowDimension(); i++) {
        logs.addToEntry(i, p, -mean);
      }
    }
    double groups = logs.getRowDimension();
    return logs.transposeMultiply(logs).scalarMultiply((groups - 1) / groups);
  }

  /** Adds what the uncertainty of the constants alone does to each row. */
  private List<Miss> withVariance(List<Miss> misses, RealMatrix covariance, double[] logs) {
    return misses.stream()
        .map(miss -> {
          double[] gradient = new double[logs.length];
          for (int p = 0; p < logs.length; p++) {
            double[] moved = logs.clone();
            moved[p] += STEP;
            gradient[p] = (miss.row().logError(state(moved)) - miss.seen()) / STEP;
          }
          RealVector byConstant = new ArrayRealVector(gradient, false);
          double variance = byConstant.dotProduct(covariance.operate(byConstant));
          return new Miss(miss.row(), miss.seen(), miss.unseen(), variance);
        })
        .toList();
  }

  private Map<String, Double> constants(double[] logs) {
    Map<String, Double> constants = new LinkedHashMap<>();
    for (int p = 0; p < logs.length; p++) {
      constants.put(law.constants().get(p).id(), Math.exp(logs[p]));
    }
    return constants;
  }
}
