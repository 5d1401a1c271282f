package io.gtrace.report;

import io.gtrace.activity.Modality;
import io.gtrace.validation.Comparison;
import io.gtrace.validation.Validation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Estimates against measurements as one self-contained page: a chart for each modality, what the
 * figures say, and every model.
 */
public final class ValidationPage extends ChartPage {
  private static final int WORST_LISTED = 10;
  private static final PageText SCRIPT = PageText.script("validation.js");

  private final List<Validation> validations;
  private final boolean unseen;

  private ValidationPage(List<Validation> validations, boolean unseen, Instant generatedAt) {
    super(SCRIPT, generatedAt);
    this.validations = List.copyOf(validations);
    this.unseen = unseen;
  }

  /**
   * The page.
   *
   * @param unseen whether the estimates knew nothing of the models measured
   */
  public static String html(List<Validation> validations, boolean unseen, Instant generatedAt) {
    return new ValidationPage(validations, unseen, generatedAt).rendered("validation.jte");
  }

  /** One modality: its figures and its tables. */
  record Section(
      String id,
      String heading,
      String alternative,
      List<Figure> figures,
      List<ModelLine> models,
      List<RowLine> worst) {}

  record Figure(String name, String value, String meaning) {}

  /** The rows of one model. */
  record ModelLine(String model, String rows, String medianError, String bias, String inside) {}

  /** One row that is far off. */
  record RowLine(String line, String model, String measured, String estimated, String notes) {}

  String title() {
    return "Estimates beside measurements";
  }

  String summary() {
    String rows =
        validations.stream()
            .map(each ->
                String.format(
                    Locale.ROOT,
                    "%s %.0f %%",
                    each.modality().label(),
                    each.medianAbsolutePercentageError()))
            .collect(Collectors.joining(", "));
    return "Half of the estimates are off by less than: "
        + rows
        + ". "
        + (unseen
            ? "Every measurement of a model and of those with its backbone was forgotten before"
                + " estimating it."
            : "Estimates know what was measured of these models when G-TRACE was built.");
  }

  List<Section> sections() {
    return validations.stream().map(ValidationPage::section).toList();
  }

  private static Section section(Validation validation) {
    String what = validation.modality().label();
    return new Section(
        what,
        heading(validation.modality()),
        "Estimated against measured energy of "
            + Figures.count(validation.rows())
            + " conditions, both on logarithmic scales. The tables below hold the figures.",
        figures(validation),
        models(validation),
        validation.worst(WORST_LISTED).stream().map(ValidationPage::row).toList());
  }

  private static String heading(Modality modality) {
    return switch (modality) {
      case TEXT -> "Text: energy of an output token";
      case IMAGE -> "Images: energy of an image";
      default -> "Videos: energy of a video";
    };
  }

  private static List<Figure> figures(Validation validation) {
    return List.of(
        new Figure("Rows", Figures.count(validation.rows()), "conditions measured"),
        new Figure("Models", Figures.count(validation.models()), "measured in them"),
        new Figure(
            "Median error",
            percent(validation.medianAbsolutePercentageError()),
            "half of the rows are off by less"),
        new Figure(
            "90th percentile",
            percent(validation.p90AbsolutePercentageError()),
            "nine of ten rows are off by less"),
        new Figure(
            "Bias",
            signed(validation.medianSignedError()),
            "median of estimated over measured, less one"),
        new Figure(
            "50 % intervals hold", percent(100 * validation.coverage50()), "of the measurements"),
        new Figure(
            "90 % intervals hold", percent(100 * validation.coverage90()), "of the measurements"),
        new Figure(
            "Width",
            String.format(Locale.ROOT, "%.2f", validation.medianIntervalRatio()),
            "upper over lower end of the 90\u00a0% interval, the median row"));
  }

  private static List<ModelLine> models(Validation validation) {
    Map<String, List<Comparison>> byModel =
        validation.comparisons().stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.measurement().model().name(), TreeMap::new, Collectors.toList()));
    List<ModelLine> lines = new ArrayList<>();
    byModel.forEach((model, comparisons) -> {
      Validation one = new Validation(validation.modality(), comparisons);
      lines.add(
          new ModelLine(
              model,
              Figures.count(one.rows()),
              percent(one.medianAbsolutePercentageError()),
              signed(one.medianSignedError()),
              percent(100 * one.coverage90())));
    });
    return lines;
  }

  private static RowLine row(Comparison each) {
    return new RowLine(
        Long.toString(each.measurement().line()),
        each.measurement().model().name(),
        joules(each.measurement().energyJ()),
        joules(each.prediction().medianJ())
            + " ("
            + joules(each.prediction().low90J())
            + " to "
            + joules(each.prediction().high90J())
            + ")",
        String.join("; ", each.prediction().notes()));
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f\u00a0%%", value);
  }

  /** With a minus as wide as the plus. */
  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.1f\u00a0%%", value).replace('-', '\u2212');
  }

  private static String joules(double value) {
    return Figures.rounded(value) + " J";
  }

  /** The points of the charts, safe inside of a script element. */
  String data() {
    return ScriptJson.of(json -> {
      json.writeStartArray();
      for (Validation validation : validations) {
        json.writeStartObject();
        json.writeStringProperty("id", validation.modality().label());
        json.writeArrayPropertyStart("points");
        for (Comparison each : validation.comparisons()) {
          json.writeStartObject();
          json.writeStringProperty("model", each.measurement().model().name());
          json.writeNumberProperty("measured", each.measurement().energyJ());
          json.writeNumberProperty("estimated", each.prediction().medianJ());
          json.writeNumberProperty("low", each.prediction().low90J());
          json.writeNumberProperty("high", each.prediction().high90J());
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }
}
