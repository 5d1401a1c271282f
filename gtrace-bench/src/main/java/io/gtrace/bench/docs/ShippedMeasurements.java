package io.gtrace.bench.docs;

import io.gtrace.activity.Modality;
import io.gtrace.bench.fit.FitLaws;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.uncertainty.Draws;
import io.gtrace.validation.LawPredictions;
import io.gtrace.validation.Measurement;
import io.gtrace.validation.MeasurementColumns;
import io.gtrace.validation.MeasurementReader;
import io.gtrace.validation.ModelKnowledge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The measurements that the laws are fitted to. */
final class ShippedMeasurements {
  private static final List<Modality> MEASURED =
      List.of(Modality.TEXT, Modality.IMAGE, Modality.VIDEO);

  private final List<Measurement> all;

  private ShippedMeasurements(List<Measurement> all) {
    this.all = all;
  }

  static ShippedMeasurements read(FactorCatalogue catalogue) throws IOException {
    List<Measurement> all = new ArrayList<>();
    for (Modality modality : MEASURED) {
      String csv = resource(modality.label() + "_generation_gpu_energy.csv");
      all.addAll(
          MeasurementReader.read(catalogue, csv, MeasurementColumns.OURS, Optional.empty())
              .usable());
    }
    return new ShippedMeasurements(List.copyOf(all));
  }

  private static String resource(String file) throws IOException {
    try (InputStream in = FitLaws.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the laws say of each of them. */
  LawValidations validated(FactorCatalogue catalogue, ModelKnowledge knowledge) {
    Draws draws = Draws.standard(catalogue.correlations());
    return new LawValidations(new LawPredictions(catalogue, draws, knowledge).validate(all));
  }

  /** Those of one kind, of one model, on one kind of accelerator. */
  <T extends Measurement> List<T> of(Class<T> kind, String model, String accelerator) {
    return all.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(each -> each.model().name().equals(model))
        .filter(each -> each.hardware().accelerator().id().equals(accelerator))
        .toList();
  }

  /** What there is, by modality. */
  String table() {
    MarkdownTable table =
        new MarkdownTable(
            "modality",
            "rows:",
            "models:",
            "accelerators",
            "accelerators together",
            "batch",
            "measured energy of an output, J");
    for (Modality modality : MEASURED) {
      List<Measurement> of = all.stream().filter(each -> each.modality() == modality).toList();
      table.row(
          modality.label(),
          Integer.toString(of.size()),
          Long.toString(of.stream().map(each -> each.model().name()).distinct().count()),
          of.stream()
              .map(each -> each.hardware().accelerator().name())
              .distinct()
              .sorted()
              .collect(Collectors.joining(", ")),
          of.stream()
              .map(each -> each.hardware().count())
              .collect(Collectors.toCollection(TreeSet::new))
              .stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", ")),
          span(of, ShippedMeasurements::batch),
          span(of, Measurement::energyJ));
    }
    return table.toString();
  }

  private static double batch(Measurement measurement) {
    return switch (measurement) {
      case Measurement.Text text -> text.batch();
      case Measurement.Image image -> image.batch();
      case Measurement.Video video -> video.batch();
    };
  }

  private static String span(List<Measurement> of, ToDoubleFunction<Measurement> figure) {
    DoubleSummaryStatistics span = of.stream().mapToDouble(figure).summaryStatistics();
    return Numeral.of(span.getMin()) + " to " + Numeral.of(span.getMax());
  }
}
