package io.gtrace.report;

import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.FitOutcome;
import io.gtrace.simulation.study.FitOutcome.Prediction;
import io.gtrace.simulation.study.Observation;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Counts beside what the fitted study expects them to be. */
final class FitCounts implements StudySection {
  private final List<Prediction> predictions;
  private final StudyWords words;

  FitCounts(FitOutcome outcome) {
    predictions = outcome.predictions();
    words = StudyWords.of(outcome.study());
  }

  @Override
  public Content content() {
    long within = predictions.stream().filter(Prediction::covered).count();
    return new Content(
        "counts",
        "What was counted",
        List.of(
            "Each bar is the 90\u00a0% interval of what the fitted study expects a count with its"
                + " errors to be, over what was published: a bar that crosses the line at 1 holds"
                + " the published count."),
        List.of(
            new Picture(
                "counts",
                "Expected over published count; dot: median",
                within
                    + " of "
                    + predictions.size()
                    + " published counts lie within the interval that the fitted study gives them."
                    + " The table below holds the figures.")),
        List.of(table()));
  }

  private TextTable table() {
    return new TextTable(
        "Counts and what the fitted study says of them; below its figures: the 90\u00a0% interval,"
            + " without and with the errors of counting",
        List.of(
            TextTable.Head.words("What"),
            TextTable.Head.number("Count", "published"),
            TextTable.Head.number("Fitted study", ""),
            TextTable.Head.number("As it would be counted", ""),
            TextTable.Head.words("The count"),
            TextTable.Head.words("Source")),
        predictions.stream().map(this::row).toList());
  }

  private TextTable.Row row(Prediction prediction) {
    Observation count = prediction.observation();
    return new TextTable.Row(
        name(count),
        time(count.from(), count.until()),
        List.of(
            TextTable.plain(Figures.amount(count.value())),
            StudyWords.cell(prediction.figure()),
            StudyWords.cell(prediction.counted()),
            TextTable.plain(lies(prediction.covered(), count.heldOut())),
            TextTable.plain(count.source().isEmpty() ? "not stated" : count.source())));
  }

  private String name(Observation count) {
    return switch (count.quantity()) {
      case ADOPTERS -> "People who took part";
      case NEW_USERS -> "New users";
      case NEW_USERS_IN_AN_HOUR -> "New users in the hour with most";
      case OUTPUTS -> words.manyAsTitle();
    };
  }

  static String time(Instant from, Instant until) {
    return StudyWords.hour(from) + " to " + StudyWords.hour(until);
  }

  /** Where a figure lies, and whether the fit knew it. */
  static String lies(boolean covered, boolean heldOut) {
    return (covered ? "lies within" : "lies outside") + (heldOut ? " (held out)" : "");
  }

  @Override
  public void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", "counts");
    json.writeStringProperty("kind", "ratios");
    json.writeArrayPropertyStart("rows");
    for (Prediction prediction : predictions) {
      double published = prediction.observation().value();
      Quantity counted = prediction.counted();
      json.writeStartObject();
      json.writeStringProperty("name", name(prediction.observation()));
      json.writeBooleanProperty("heldOut", prediction.observation().heldOut());
      StudyWords.numbers(
          json,
          "ratio",
          counted.median() / published,
          counted.low() / published,
          counted.high() / published);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
