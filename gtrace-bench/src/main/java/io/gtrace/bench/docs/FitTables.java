package io.gtrace.bench.docs;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.bench.fit.Law;
import io.gtrace.bench.fit.LogParameter;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.uncertainty.Scatter;
import io.gtrace.uncertainty.Shape;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the fits started from and what they found. */
final class FitTables {
  private static final double STRONG = 0.5;

  private final FactorCatalogue catalogue;

  FitTables(FactorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  void addTo(Map<String, String> regions) throws IOException {
    regions.put("priors", priors());
    regions.put("correlations", correlations());
    regions.put("misfits", misfits());
  }

  private String priors() {
    MarkdownTable table =
        new MarkdownTable(
            "law", "constant", "prior:", "its 90 % interval", "fitted:", "its 90 % interval");
    for (Law law : Law.ALL) {
      for (LogParameter parameter : law.constants()) {
        Scatter prior = Scatter.lognormal(parameter.prior(), parameter.priorLogSd());
        Factor fitted = catalogue.assumption(parameter.id());
        table.row(
            law.name(),
            "`" + parameter.id() + "`",
            Numeral.of(prior.median()),
            interval(prior),
            Numeral.of(fitted.median()),
            interval(fitted.scatter()));
      }
    }
    return table.toString();
  }

  private static String interval(Scatter scatter) {
    return Numeral.of(scatter.low()) + " to " + Numeral.of(scatter.high());
  }

  private static String correlations() throws IOException {
    MarkdownTable table = new MarkdownTable("constant", "other", "correlation:");
    List<NamedCsvRecord> strong =
        FactorRows.of("law_correlations.csv").stream()
            .filter(row -> Math.abs(correlation(row)) >= STRONG)
            .sorted(
                Comparator.comparingDouble((NamedCsvRecord row) -> Math.abs(correlation(row)))
                    .reversed())
            .toList();
    for (NamedCsvRecord row : strong) {
      table.row(
          "`" + row.getField("constant") + "`",
          "`" + row.getField("other") + "`",
          String.format(Locale.ROOT, "%+.2f", correlation(row)));
    }
    return table.toString();
  }

  private static double correlation(NamedCsvRecord row) {
    return Double.parseDouble(row.getField("correlation"));
  }

  private static String misfits() throws IOException {
    MarkdownTable table =
        new MarkdownTable(
            "law",
            "model",
            "backbone",
            "accelerator",
            "rows:",
            "measured over computed:",
            "90 % interval of a condition");
    for (NamedCsvRecord row : FactorRows.of("law_misfits.csv")) {
      Scatter misfit =
          new Scatter(
              Math.exp(Double.parseDouble(row.getField("log_median"))),
              Double.parseDouble(row.getField("log_sd")),
              Shape.HEAVY_LOGNORMAL);
      table.row(
          row.getField("law"),
          row.getField("model"),
          row.getField("backbone"),
          row.getField("accelerator"),
          row.getField("rows"),
          Numeral.of(misfit.median()),
          interval(misfit));
    }
    return table.toString();
  }
}
