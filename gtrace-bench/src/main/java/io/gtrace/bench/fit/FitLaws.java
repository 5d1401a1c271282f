package io.gtrace.bench.fit;

import io.gtrace.bench.fit.LawFit.Miss;
import io.gtrace.uncertainty.Scatter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Quantile;

/** Fits all laws and prints what came out. */
public final class FitLaws {
  private FitLaws() {}

  /**
   * With the folder of the product's resources as argument, writes the constants there.
   *
   * @throws IOException if a file there cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    FactorFiles files = new FactorFiles(Path.of(args.length > 0 ? args[0] : ""));
    for (Law law : Law.ALL) {
      LawFit.Outcome outcome = LawFit.shipped(law, out).outcome();
      print(out, outcome);
      files.add(outcome);
    }
    if (args.length > 0) {
      files.write();
    }
  }

  private static void print(PrintStream out, LawFit.Outcome outcome) {
    out.printf(Locale.ROOT, "%n%s%n", outcome.law().name());
    for (int p = 0; p < outcome.logs().size(); p++) {
      double sd = Math.sqrt(outcome.covariance().getEntry(p, p));
      out.printf(
          Locale.ROOT,
          "  %-42s %11.4g  times or over %.2f%n",
          outcome.law().constants().get(p).id(),
          Math.exp(outcome.logs().get(p)),
          Math.exp(Scatter.Z95 * sd));
    }
    Misfits all = new Misfits(outcome.misses());
    for (String law : all.laws()) {
      Misfits ofLaw = all.of(law);
      out.printf(
          Locale.ROOT,
          "%s, absolute error of %,d rows: median %.1f %% seen, %.1f %% unseen; nine of ten below"
              + " %.1f %% unseen; spread of unseen models %.3f%n",
          law,
          ofLaw.misses().size(),
          quantile(ofLaw.misses(), Miss::seen, 0.5),
          quantile(ofLaw.misses(), Miss::unseen, 0.5),
          quantile(ofLaw.misses(), Miss::unseen, 0.9),
          ofLaw.unmeasured().sd());
      Map<String, List<Miss>> byModel =
          ofLaw.misses().stream()
              .collect(
                  Collectors.groupingBy(
                      miss -> miss.row().modelName(), TreeMap::new, Collectors.toList()));
      byModel.forEach((model, misses) ->
          out.printf(
              Locale.ROOT,
              "  %-60s %3d rows, seen %4.1f %%, unseen %5.1f %%%n",
              model,
              misses.size(),
              quantile(misses, Miss::seen, 0.5),
              quantile(misses, Miss::unseen, 0.5)));
    }
  }

  /** Of the absolute percentage error. */
  private static double quantile(
      List<Miss> misses, ToDoubleFunction<Miss> logError, double probability) {
    return 100
        * Quantile.withDefaults()
            .evaluate(
                misses.stream()
                    .mapToDouble(miss -> Math.abs(Math.expm1(logError.applyAsDouble(miss))))
                    .toArray(),
                probability);
  }
}
