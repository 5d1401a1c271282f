package io.gtrace.report;

import io.gtrace.factor.Position;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.CountrySteps;
import io.gtrace.simulation.study.StudyOutcome.Group;
import io.gtrace.simulation.study.StudyOutcome.Spread;
import io.gtrace.simulation.study.StudyOutcome.Step;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** The wave on the map of the world, step by step. */
final class StudyMap {
  private final StudyOutcome outcome;
  private final StudyWords words;
  private final Spread spread;
  private final Map<String, Group> countries;

  StudyMap(StudyOutcome outcome) {
    this.outcome = outcome;
    words = StudyWords.of(outcome.study());
    spread = outcome.spread();
    countries =
        outcome.countries().stream().collect(Collectors.toMap(Group::id, Function.identity()));
  }

  /** Whether there are countries to show, and moments to show them at. */
  boolean isDrawn() {
    return spread.steps().size() > 1
        && outcome.countries().stream().filter(of -> of.position().isPresent()).count() > 1;
  }

  String heading() {
    return "Round the world, "
        + (step().contains(" ") ? step() + " at a time" : step() + " by " + step());
  }

  String step() {
    return StudyWords.step(spread);
  }

  String caption() {
    return "Colour: share of the people within reach who have taken part so far. Circle: "
        + words.many()
        + " made in "
        + (step().contains(" ") ? "those " : "that ")
        + step()
        + ". Diamond: data centre.";
  }

  String alternative() {
    Group first = outcome.countries().get(0);
    return "Map of the world with the wave by country. Most "
        + words.many()
        + " in all: "
        + first.name()
        + " with "
        + Figures.amount(first.outputs())
        + ". The table by country holds the figures.";
  }

  String many() {
    return words.manyAsTitle();
  }

  int last() {
    return spread.steps().size() - 1;
  }

  /** The step in which most outputs were made. */
  int busiest() {
    int best = 0;
    for (int s = 1; s < spread.steps().size(); s++) {
      best = made(s) > made(best) ? s : best;
    }
    return best;
  }

  private double made(int step) {
    double before = step == 0 ? 0 : spread.steps().get(step - 1).outputs().median();
    return spread.steps().get(step).outputs().median() - before;
  }

  void write(JsonGenerator json) {
    json.writeObjectPropertyStart("spread");
    json.writeStringProperty("many", words.many());
    json.writeNumberProperty("hours", spread.stepHours());
    json.writeArrayPropertyStart("from");
    spread.steps().forEach(step -> json.writeNumber(step.from().toEpochMilli()));
    json.writeEndArray();
    soFar(json, "people", Step::adopters, 1);
    soFar(json, "outputs", Step::outputs, 1);
    measured(json, "energy", Impact.ENERGY_KWH, Step::energyKwh);
    measured(json, "carbon", Impact.CARBON_KG, Step::carbonKg);
    json.writeArrayPropertyStart("countries");
    spread.countries().forEach(country -> write(json, country));
    json.writeEndArray();
    json.writeArrayPropertyStart("places");
    outcome.venues().forEach(venue -> venue.position().ifPresent(at -> write(json, venue, at)));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void soFar(
      JsonGenerator json, String name, Function<Step, Quantity> figure, double size) {
    StudyWords.numbers(
        json,
        name,
        spread.steps().stream().mapToDouble(step -> figure.apply(step).median() / size).toArray());
  }

  private void measured(
      JsonGenerator json, String name, Impact impact, Function<Step, Quantity> figure) {
    Unit unit = Unit.of(impact, figure.apply(spread.steps().get(last())).median());
    soFar(json, name, figure, unit.size());
    json.writeStringProperty(name + "Unit", unit.symbol());
  }

  private void write(JsonGenerator json, CountrySteps steps) {
    Group country = countries.get(steps.id());
    if (country == null || steps.people() <= 0) {
      return;
    }
    json.writeStartObject();
    json.writeStringProperty("id", steps.id());
    json.writeStringProperty("name", country.name());
    country.position().ifPresent(at -> position(json, at));
    json.writeNumberProperty("people", StudyWords.drawn(steps.people()));
    numbers(json, "adopters", steps.adoptersSoFar());
    numbers(json, "outputs", steps.outputs());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Group venue, Position at) {
    json.writeStartObject();
    json.writeStringProperty("name", venue.name());
    position(json, at);
    json.writeNumberProperty("outputs", StudyWords.drawn(venue.outputs()));
    json.writeEndObject();
  }

  private static void position(JsonGenerator json, Position at) {
    json.writeArrayPropertyStart("at");
    json.writeNumber(at.longitude());
    json.writeNumber(at.latitude());
    json.writeEndArray();
  }

  private static void numbers(JsonGenerator json, String name, List<Double> values) {
    StudyWords.numbers(json, name, values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
