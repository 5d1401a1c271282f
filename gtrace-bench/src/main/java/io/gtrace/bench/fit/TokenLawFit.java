package io.gtrace.bench.fit;

import io.gtrace.activity.Modality;
import io.gtrace.estimate.FactorState;
import io.gtrace.estimate.TextEnergy;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.validation.Comparison;
import io.gtrace.validation.Measurement;
import io.gtrace.validation.MeasurementColumns;
import io.gtrace.validation.MeasurementReader;
import io.gtrace.validation.Measurements;
import io.gtrace.validation.Prediction;
import io.gtrace.validation.Validation;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Fits the constants of the token law to the measured energy of text, and tells what it says of
 * models that it has not seen: each group of models with one backbone is left out in turn.
 */
public final class TokenLawFit {
  private static final double Z90 = 1.6448536269514722;
  private static final double Z50 = 0.6744897501960817;

  /**
   * Priors of the constants in multiples of data-sheet time: kernels reach half to all of the peak.
   * What a request reads is not published, so a fit cannot tell long inputs from costly prefill:
   * prefill is held near half of the peak rate, as serving systems report it.
   */
  private static final List<LogParameter> PARAMETERS =
      List.of(
          new LogParameter("token-law-weights", 1.2, 0.5),
          new LogParameter("token-law-compute", 2, 0.5),
          new LogParameter("token-law-context", 2, 0.6),
          new LogParameter("token-law-layer-step-s", 3e-5, 1),
          new LogParameter("token-law-layer-batch-exponent", 0.4, 0.3),
          new LogParameter("token-law-prefill", 2, 0.15),
          new LogParameter("token-law-expert-compute", 1.3, 0.5),
          new LogParameter("token-law-8-bit-experts", 1.2, 0.5),
          new LogParameter("token-law-4-bit-weights", 1.2, 0.4),
          new LogParameter("token-law-scale-exponent", 0.2, 0.6),
          new LogParameter("token-law-layer-scale-exponent", 0.3, 0.6),
          new LogParameter("token-law-recurrent-state", 1, 0.7),
          new LogParameter("measured-input-tokens-lm-arena-chat", 100, 0.5),
          new LogParameter("measured-input-tokens-gpqa", 250, 0.5),
          new LogParameter("measured-input-tokens-sourcegraph-fim", 1500, 0.5),
          new LogParameter("measured-input-tokens-image-chat", 1000, 0.6),
          new LogParameter("measured-input-tokens-video-chat", 3000, 0.6),
          new LogParameter("measured-encoder-s-image-chat", 0.02, 1),
          new LogParameter("measured-encoder-s-video-chat", 0.02, 1));

  /** A measured condition, ready to be asked of the law. */
  private record Row(
      Measurement.Text measured,
      TextEnergy energy,
      String group,
      String inputTokens,
      String encoderS) {}

  private final Map<String, Integer> indexOf = new HashMap<>();
  private final List<Row> rows;
  private final RobustFit<Row> fit = new RobustFit<>(PARAMETERS, this::logError);

  private TokenLawFit(FactorCatalogue catalogue, List<Measurement> measured) {
    for (int p = 0; p < PARAMETERS.size(); p++) {
      indexOf.put(PARAMETERS.get(p).id(), p);
    }
    rows = measured.stream().map(each -> row(catalogue, (Measurement.Text) each)).toList();
  }

  /**
   * Prints the fit; with the path of assumptions.csv as argument, writes the constants there.
   *
   * @throws IOException if that file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Outcome outcome = shipped(out).outcome();
    print(out, outcome);
    if (args.length > 0) {
      AssumptionFile file = new AssumptionFile(Path.of(args[0]));
      outcome.constants().forEach(c -> file.put(c.id(), c.median(), c.low(), c.high()));
      file.write();
    }
  }

  /** The measurements beside this class, those that cannot be used named. */
  static TokenLawFit shipped(PrintStream out) {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    Measurements measurements =
        MeasurementReader.read(
            catalogue,
            resource("text_generation_gpu_energy.csv"),
            MeasurementColumns.OURS,
            Optional.of(Modality.TEXT));
    measurements.refused().forEach(refused -> out.println("not used: " + refused));
    return new TokenLawFit(catalogue, measurements.usable());
  }

  private static String resource(String file) {
    try (InputStream in = TokenLawFit.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Row row(FactorCatalogue catalogue, Measurement.Text measured) {
    Model model = measured.model().in(catalogue, Modality.TEXT);
    String task = measured.task();
    String input = "measured-input-tokens-" + task;
    return new Row(
        measured,
        new TextEnergy(
            catalogue, model, measured.hardware().accelerator(), measured.hardware().count()),
        model.transformer().map(Object::toString).orElse(model.id())
            + Math.round(model.totalParametersB().middle()),
        indexOf.containsKey(input) ? input : "measured-input-tokens-lm-arena-chat",
        "measured-encoder-s-" + task);
  }

  private double logError(Row row, double[] logs) {
    return Math.log(predictedJ(row, logs) / row.measured().energyJ());
  }

  private double predictedJ(Row row, double[] logs) {
    Integer encoder = indexOf.get(row.encoderS());
    TextEnergy.Load load =
        new TextEnergy.Load(
            row.measured().batch(),
            row.measured().inputTokens().orElse(Math.exp(logs[index(row.inputTokens())])),
            row.measured().outputTokens().orElse(500),
            encoder == null ? 0 : Math.exp(logs[encoder]));
    return row.energy().outputTokenJ(load, state(logs));
  }

  private int index(String id) {
    Integer index = indexOf.get(id);
    if (index == null) {
      throw new IllegalStateException("no parameter " + id);
    }
    return index;
  }

  private FactorState state(double[] logs) {
    return (Factor factor) -> {
      Integer index = indexOf.get(factor.id());
      return index == null ? factor.median() : Math.exp(logs[index]);
    };
  }

  private static double[] weights(List<Row> rows) {
    Map<String, Long> count =
        rows.stream()
            .collect(
                Collectors.groupingBy(r -> r.measured().model().name(), Collectors.counting()));
    double[] weights =
        rows.stream()
            .mapToDouble(
                row -> 1 / Math.sqrt(count.getOrDefault(row.measured().model().name(), 1L)))
            .toArray();
    double meanSquare = Arrays.stream(weights).map(w -> w * w).average().orElse(1);
    return Arrays.stream(weights).map(w -> w / Math.sqrt(meanSquare)).toArray();
  }

  /**
   * What came of a fit.
   *
   * @param constants most probable constants with 90 % intervals
   * @param residualLogSd log standard deviation whose 90 % interval holds 90 % of the unseen rows
   * @param unseen each row as the fit without its group predicts it
   */
  record Outcome(List<Constant> constants, double residualLogSd, Validation unseen) {}

  /** A row of assumptions.csv. */
  record Constant(String id, double median, double low, double high) {}

  Outcome outcome() {
    RobustFit.Fitted all = fit.fit(rows, weights(rows));
    List<Constant> constants = new ArrayList<>();
    for (int p = 0; p < PARAMETERS.size(); p++) {
      constants.add(
          constant(
              PARAMETERS.get(p).id(),
              Math.exp(all.logs().getEntry(p)),
              Math.sqrt(all.covariance().getEntry(p, p))));
    }
    Map<Row, Double> errors = unseenErrors();
    double[] sizes = errors.values().stream().mapToDouble(Math::abs).toArray();
    double logSd = Quantile.withDefaults().evaluate(sizes, 0.9) / Z90;
    constants.add(constant("token-law-residual", 1, logSd));
    List<Comparison> comparisons = new ArrayList<>();
    errors.forEach((row, error) -> comparisons.add(comparison(row, error, logSd)));
    return new Outcome(constants, logSd, new Validation(Modality.TEXT, comparisons));
  }

  private static Constant constant(String id, double median, double logSd) {
    return new Constant(
        id, median, median * Math.exp(-Z90 * logSd), median * Math.exp(Z90 * logSd));
  }

  /** Log errors of each row by the fit to all groups but its own. */
  private Map<Row, Double> unseenErrors() {
    Map<String, List<Row>> groups = new LinkedHashMap<>();
    rows.forEach(row -> groups.computeIfAbsent(row.group(), g -> new ArrayList<>()).add(row));
    Map<Row, Double> errors = new LinkedHashMap<>();
    groups.forEach((group, left) -> {
      List<Row> others = rows.stream().filter(row -> !row.group().equals(group)).toList();
      double[] logs = fit.fit(others, weights(others)).logs().toArray();
      left.forEach(row -> errors.put(row, logError(row, logs)));
    });
    return errors;
  }

  private static void print(PrintStream out, Outcome outcome) {
    outcome
        .constants()
        .forEach(each ->
            out.printf(
                Locale.ROOT,
                "%-40s %.4g (%.4g to %.4g)%n",
                each.id(),
                each.median(),
                each.low(),
                each.high()));
    Validation unseen = outcome.unseen();
    out.printf(
        Locale.ROOT,
        "unseen: %d rows of %d models; absolute error median %.1f %%, 90th percentile %.1f %%;"
            + " bias %.1f %%; 50 %% interval holds %.0f %%, 90 %% interval %.0f %%%n",
        unseen.rows(),
        unseen.models(),
        unseen.medianAbsolutePercentageError(),
        unseen.p90AbsolutePercentageError(),
        unseen.medianSignedError(),
        100 * unseen.coverage50(),
        100 * unseen.coverage90());
  }

  private static Comparison comparison(Row row, double logError, double logSd) {
    double predicted = row.measured().energyJ() * Math.exp(logError);
    return new Comparison(
        row.measured(),
        new Prediction(
            predicted,
            predicted * Math.exp(-Z90 * logSd),
            predicted * Math.exp(-Z50 * logSd),
            predicted * Math.exp(Z50 * logSd),
            predicted * Math.exp(Z90 * logSd),
            false));
  }
}
