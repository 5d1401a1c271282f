package io.gtrace.report;

import io.gtrace.simulation.study.FitOutcome.PeriodPrediction;
import io.gtrace.simulation.study.FitOutcome.SeriesPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** A series of interest beside what the fitted study expects of it, day by day. */
final class FitSeries implements StudySection {
  private final SeriesPrediction series;
  private final String id;

  /**
   * @param number of the series among those of the fit
   */
  FitSeries(SeriesPrediction series, int number) {
    this.series = series;
    id = "series-" + number;
  }

  @Override
  public Content content() {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        series.covered(false)
            + " of "
            + series.periods(false)
            + " periods that were used lie within their 90\u00a0% interval.");
    if (series.periods(true) > 0) {
      paragraphs.add(
          "Of "
              + series.periods(true)
              + " that were held out, "
              + series.covered(true)
              + " do; good intervals hold nine in ten.");
    }
    return new Content(
        id,
        "The shape of " + series.name(),
        paragraphs,
        List.of(
            new Picture(
                id,
                "Level in the unit of the series; line and band: median and 90 % interval of the"
                    + " fitted study with the error of the series",
                "Levels of "
                    + series.periods().size()
                    + " periods beside the band of the fitted study. The table below holds the"
                    + " figures.")),
        List.of(table()));
  }

  private TextTable table() {
    return new TextTable(
        "Periods; below what is expected: its 90\u00a0% interval",
        List.of(
            TextTable.Head.words("From"),
            TextTable.Head.number("Level", ""),
            TextTable.Head.number("Expected", ""),
            TextTable.Head.words("The level")),
        series.periods().stream().map(FitSeries::row).toList());
  }

  private static TextTable.Row row(PeriodPrediction prediction) {
    return new TextTable.Row(
        StudyWords.hour(prediction.period().from()),
        "",
        List.of(
            TextTable.plain(Figures.amount(prediction.period().level())),
            StudyWords.cell(prediction.expected()),
            TextTable.plain(FitCounts.lies(prediction.covered(), prediction.period().heldOut()))));
  }

  @Override
  public void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", id);
    json.writeStringProperty("kind", "series");
    json.writeArrayPropertyStart("days");
    series.periods().forEach(each -> json.writeString(Words.day(each.period().from())));
    json.writeEndArray();
    json.writeArrayPropertyStart("heldOut");
    series.periods().forEach(each -> json.writeBoolean(each.period().heldOut()));
    json.writeEndArray();
    numbers(json, "level", each -> each.period().level());
    numbers(json, "median", each -> each.expected().median());
    numbers(json, "low", each -> each.expected().low());
    numbers(json, "high", each -> each.expected().high());
    json.writeEndObject();
  }

  private void numbers(JsonGenerator json, String name, ToDoubleFunction<PeriodPrediction> figure) {
    StudyWords.numbers(json, name, series.periods().stream().mapToDouble(figure).toArray());
  }
}
