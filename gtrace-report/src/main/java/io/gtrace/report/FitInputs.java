package io.gtrace.report;

import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.FitOutcome;
import io.gtrace.simulation.study.FitOutcome.FittedInput;
import io.gtrace.simulation.study.UncertainInput;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** Inputs before and after a fit, those first of which it says most. */
final class FitInputs implements StudySection {
  private final List<FittedInput> inputs;
  private final Map<String, String> names;

  FitInputs(FitOutcome outcome) {
    inputs =
        outcome.inputs().stream()
            .sorted(Comparator.comparingDouble(FitInputs::narrowedTo))
            .toList();
    names =
        outcome.study().uncertainInputs().stream()
            .collect(Collectors.toMap(UncertainInput::pointer, UncertainInput::name));
  }

  /** Width of the interval after the fit over that before it. */
  private static double narrowedTo(FittedInput input) {
    double before = width(input.prior());
    return before > 0 ? width(input.posterior()) / before : 1;
  }

  private static double width(Quantity quantity) {
    return quantity.high() - quantity.low();
  }

  private String name(FittedInput input) {
    return names.getOrDefault(input.pointer(), input.pointer());
  }

  @Override
  public Content content() {
    return new Content(
        "inputs",
        "What it says of the inputs",
        List.of(
            "Wide: the 90\u00a0% interval that the study states, from one edge to the other. Narrow:"
                + " what the counts leave of it. Where both are as long, the counts say nothing of"
                + " the input."),
        List.of(
            new Picture(
                "inputs",
                "Inputs before and after the fit; dot: median after it",
                "Intervals of inputs before and after the fit, the most narrowed first: "
                    + inputs.stream().limit(3).map(this::name).collect(Collectors.joining("; "))
                    + ". The table below holds the figures.")),
        List.of(
            new TextTable(
                "Inputs, the most narrowed first; below each value: its 90\u00a0% interval",
                List.of(
                    TextTable.Head.words("Input"),
                    TextTable.Head.number("Before", ""),
                    TextTable.Head.number("After", ""),
                    TextTable.Head.number("Interval", "after over before")),
                inputs.stream().map(this::row).toList())));
  }

  private TextTable.Row row(FittedInput input) {
    return new TextTable.Row(
        name(input),
        "",
        List.of(
            StudyWords.cell(input.prior()),
            StudyWords.cell(input.posterior()),
            TextTable.plain(Figures.percent(narrowedTo(input)) + "\u00a0%")));
  }

  @Override
  public void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", "inputs");
    json.writeStringProperty("kind", "inputs");
    json.writeArrayPropertyStart("rows");
    for (FittedInput input : inputs) {
      json.writeStartObject();
      json.writeStringProperty("name", name(input));
      StudyWords.numbers(
          json, "before", input.prior().median(), input.prior().low(), input.prior().high());
      StudyWords.numbers(
          json,
          "after",
          input.posterior().median(),
          input.posterior().low(),
          input.posterior().high());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
