package io.gtrace.bench.fit;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.gtrace.bench.fit.Misfits.Misfit;
import io.gtrace.uncertainty.Scatter;
import io.gtrace.uncertainty.Shape;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The files of the product that fits write: constants, correlations, misfits and folds. */
final class FactorFiles {
  private static final List<String> SOURCE =
      List.of("fit to ML.ENERGY benchmark v3 by ./fit", "2026", "Apache-2.0 (facts)");

  /** Laws add constants up, so their errors are normal unless that would make many negative. */
  private static final double MOST_LOG_SD_OF_NORMAL = 0.5;

  private final Path resources;
  private final Map<String, Scatter> constants = new LinkedHashMap<>();
  private final List<List<String>> correlations = new ArrayList<>();
  private final List<List<String>> misfits = new ArrayList<>();
  private final List<List<String>> folds = new ArrayList<>();

  /**
   * @param resources folder of the product's resources, above {@code io}
   */
  FactorFiles(Path resources) {
    this.resources = resources;
  }

  void add(LawFit.Outcome outcome) {
    List<LogParameter> parameters = outcome.law().constants();
    for (int p = 0; p < parameters.size(); p++) {
      double sd = logSd(outcome, p);
      constants.put(parameters.get(p).id(), constant(Math.exp(outcome.logs().get(p)), sd));
      for (int other = 0; other < p; other++) {
        double correlation = outcome.covariance().getEntry(p, other) / (sd * logSd(outcome, other));
        correlations.add(
            row(
                parameters.get(p).id(),
                parameters.get(other).id(),
                String.format(Locale.ROOT, "%.4f", correlation)));
      }
    }
    Misfits all = new Misfits(outcome.misses());
    for (String law : all.laws()) {
      Misfits ofLaw = all.of(law);
      constants.put(law + "-residual", ofLaw.unmeasured());
      constants.put(law + "-fitted-parameters", fittedParameters(ofLaw));
      for (Misfit misfit : ofLaw.measured()) {
        misfits.add(
            row(
                law,
                misfit.model(),
                misfit.backbone(),
                misfit.accelerator(),
                Integer.toString(misfit.rows()),
                number(misfit.logMedian()),
                number(misfit.logSd())));
      }
      outcome
          .folds()
          .forEach((backbone, fitted) -> {
            if (ofLaw.misses().stream().anyMatch(miss -> miss.row().backbone().equals(backbone))) {
              fitted.forEach(
                  (constant, value) -> folds.add(row(law, backbone, constant, number(value))));
            }
          });
    }
  }

  private static Scatter constant(double median, double logSd) {
    return logSd <= MOST_LOG_SD_OF_NORMAL
        ? new Scatter(median, median * logSd, Shape.NON_NEGATIVE)
        : Scatter.lognormal(median, logSd);
  }

  private static double logSd(LawFit.Outcome outcome, int p) {
    return Math.sqrt(outcome.covariance().getEntry(p, p));
  }

  private static Scatter fittedParameters(Misfits misfits) {
    double[] sizes =
        misfits.misses().stream()
            .map(miss -> miss.row().figure().model())
            .mapToDouble(model ->
                model
                    .denoiser()
                    .map(known -> known.parametersB())
                    .orElse(model.activeParametersB().middle()))
            .sorted()
            .toArray();
    return Scatter.lognormal90(sizes[0], sizes[sizes.length - 1]);
  }

  private static List<String> row(String... fields) {
    List<String> row = new ArrayList<>(List.of(fields));
    row.addAll(SOURCE);
    return row;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  /**
   * Writes all files; of the assumptions only the rows of the constants change.
   *
   * @throws IllegalStateException if a constant has no row
   */
  void write() throws IOException {
    writeConstants(resources.resolve("io/gtrace/factor/assumptions.csv"));
    write(
        "io/gtrace/factor/law_correlations.csv",
        List.of("constant", "other", "correlation"),
        correlations);
    write(
        "io/gtrace/factor/law_misfits.csv",
        List.of("law", "model", "backbone", "accelerator", "rows", "log_median", "log_sd"),
        misfits);
    write(
        "io/gtrace/validation/law_folds.csv",
        List.of("law", "backbone", "constant", "value"),
        folds);
  }

  private void write(String file, List<String> columns, List<List<String>> rows)
      throws IOException {
    StringWriter text = new StringWriter();
    List<String> header = new ArrayList<>(columns);
    header.addAll(List.of("source", "year", "licence"));
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      writer.writeRecord(header);
      rows.forEach(writer::writeRecord);
    }
    Files.writeString(resources.resolve(file), text.toString());
  }

  private void writeConstants(Path path) throws IOException {
    StringWriter text = new StringWriter();
    List<String> left = new ArrayList<>(constants.keySet());
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(path);
        CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      boolean first = true;
      for (NamedCsvRecord row : reader) {
        if (first) {
          writer.writeRecord(row.getHeader());
          first = false;
        }
        List<String> fields = new ArrayList<>(row.getFields());
        Scatter scatter = constants.get(fields.get(0));
        if (scatter != null) {
          left.remove(fields.get(0));
          fields.set(1, number(scatter.median()));
          fields.set(2, number(scatter.low()));
          fields.set(3, number(scatter.high()));
          fields.set(4, scatter.shape().label());
        }
        writer.writeRecord(fields);
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalStateException(path + " has no rows for " + left);
    }
    Files.writeString(path, text.toString());
  }
}
