package io.gtrace.report;

import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.Hour;
import io.gtrace.simulation.study.StudyOutcome.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** A chapter of curves over time. */
final class StudyCurves implements StudySection {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HOURS_OF_DAY = 24;
  private static final double MOST_OF_IT = 0.95;
  private static final double WORTH_CUTTING = 0.75;

  private final Content content;
  private final List<Chart> charts;

  /**
   * A chart of some lines.
   *
   * @param unit of its figures; empty for numbers of things
   * @param start of the first step
   */
  private record Chart(String id, String unit, Instant start, Duration step, List<Line> lines) {}

  /**
   * A line and its band.
   *
   * @param ink the colour of the style sheet that it is drawn in
   */
  private record Line(String name, String ink, List<Quantity> values) {}

  private StudyCurves(Content content, List<Chart> charts) {
    this.content = content;
    this.charts = charts;
  }

  /**
   * A chart by the hour of figures without intervals.
   *
   * @param unit of its figures
   */
  record Hourly(String id, String unit, List<HourlyLine> lines) {}

  /**
   * A line of it.
   *
   * @param ink the colour of the style sheet that it is drawn in
   * @param values one for each hour
   */
  record HourlyLine(String name, String ink, List<Double> values) {}

  /** A chapter of its own with charts by the hour. */
  static StudyCurves hourly(StudyOutcome outcome, Content content, List<Hourly> charts) {
    return new StudyCurves(
        content,
        charts.stream()
            .map(chart ->
                new Chart(
                    chart.id(),
                    chart.unit(),
                    outcome.study().start(),
                    HOUR,
                    chart.lines().stream()
                        .map(line ->
                            new Line(
                                line.name(),
                                line.ink(),
                                values(line.values(), value -> new Quantity(value, value, value))))
                        .toList()))
            .toList());
  }

  /** How the wave spread. */
  static StudyCurves ofPeople(StudyOutcome outcome) {
    List<Step> steps = outcome.spread().steps();
    Duration step = Duration.ofHours(outcome.spread().stepHours());
    Chart soFar =
        new Chart(
            "so-far",
            "",
            outcome.study().start(),
            step,
            List.of(
                new Line("noticed", "second", values(steps, Step::noticed)),
                new Line("took part", "accent", values(steps, Step::adopters))));
    Hour busiest = largest(outcome, hour -> hour.active().median());
    Hour surge = largest(outcome, hour -> hour.newUsers().median());
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        Figures.amount(outcome.figures().noticed())
            + " people noticed the wave, and "
            + Figures.amount(outcome.figures().adopters())
            + " took part. At its height, on "
            + StudyWords.hour(busiest.at())
            + ", "
            + Figures.amount(busiest.active())
            + " were taking part at the same time.");
    boolean newcomers = surge.newUsers().median() > 0;
    if (newcomers) {
      paragraphs.add(
          Figures.amount(outcome.figures().newUsers())
              + " of them were new to the service. The strongest hour, "
              + StudyWords.hour(surge.at())
              + ", brought "
              + Figures.amount(surge.newUsers())
              + " new users.");
    }
    String band = band(outcome);
    List<Chart> charts = new ArrayList<>(List.of(soFar));
    List<Picture> pictures = new ArrayList<>();
    pictures.add(
        new Picture(
            "so-far",
            "People so far: who noticed and who took part." + band,
            "People who noticed and who took part, from the begin to each moment. In the end "
                + Figures.amount(outcome.figures().noticed())
                + " noticed and "
                + Figures.amount(outcome.figures().adopters())
                + " took part."));
    charts.add(hourly(outcome, "active", "", new Named("taking part", "accent", Hour::active)));
    pictures.add(
        new Picture(
            "active",
            "People taking part at the time, hour by hour." + band + until(outcome),
            "People taking part at the time. Largest: "
                + Figures.amount(busiest.active())
                + " on "
                + StudyWords.hour(busiest.at())
                + "."));
    charts.add(
        hourly(
            outcome,
            "joining",
            "",
            new Named("joined", "accent", Hour::adopted),
            new Named("new to the service", "second", Hour::newUsers)));
    pictures.add(
        new Picture(
            "joining",
            "People who joined in an hour, and those among them who were new to the service."
                + band
                + until(outcome),
            "People who joined in each hour."
                + (newcomers
                    ? " Most new users in an hour: "
                        + Figures.amount(surge.newUsers())
                        + " on "
                        + StudyWords.hour(surge.at())
                        + "."
                    : "")));
    return new StudyCurves(
        new Content("wave", "How it spread", paragraphs, pictures, List.of()), charts);
  }

  /** What the wave asked of the machines. */
  static StudyCurves ofLoad(StudyOutcome outcome) {
    StudyWords words = StudyWords.of(outcome.study());
    Hour busiest = largest(outcome, hour -> hour.outputs().median());
    Hour hottest = largest(outcome, hour -> hour.energyKwh().median());
    double refused = outcome.figures().refused().median();
    double asked = refused + outcome.figures().outputs().median();
    Unit energy = Unit.of(Impact.ENERGY_KWH, hottest.energyKwh().median());
    // Energy of an hour is power: the unit without its hour.
    String power = energy.symbol().substring(0, energy.symbol().length() - 1);
    Hour dirtiest = largest(outcome, hour -> hour.carbonKg().median());
    Unit carbon = Unit.of(Impact.CARBON_KG, dirtiest.carbonKg().median());
    String peak = Figures.amount(busiest.outputs()) + " " + words.many();
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        "The busiest hour, from "
            + StudyWords.hour(busiest.at())
            + ", made "
            + peak
            + ": "
            + Figures.amount(busiest.outputs().median() / HOUR.toSeconds())
            + " a second. The load reached "
            + inUnit(hottest.energyKwh(), energy, power)
            + ".");
    paragraphs.add(
        refused > 0
            ? Figures.percent(refused / asked)
                + " % of what was asked of the services was refused for lack of room or by a cap."
            : "No request was refused for lack of room.");
    List<Chart> charts =
        List.of(
            hourly(
                outcome,
                "load",
                "",
                new Named(words.many() + " made", "accent", Hour::outputs),
                new Named("refused", "second", Hour::refused)),
            hourly(
                outcome, "power", power, new Named("load", "accent", of(Hour::energyKwh, energy))),
            hourly(
                outcome,
                "carbon",
                carbon.symbol(),
                new Named("carbon", "accent", of(Hour::carbonKg, carbon))));
    String band = band(outcome) + until(outcome);
    String made = outcome.figures().refused().high() > 0 ? " made and refused" : " made";
    List<Picture> pictures =
        List.of(
            new Picture(
                "load",
                words.manyAsTitle() + made + " in an hour, counted or not." + band,
                words.manyAsTitle()
                    + made
                    + " in each hour. Largest: "
                    + peak
                    + " from "
                    + StudyWords.hour(busiest.at())
                    + "."),
            new Picture(
                "power",
                "Electric load of all " + words.many() + ", " + power + "." + band,
                "Electric load over time. Largest: "
                    + inUnit(hottest.energyKwh(), energy, power)
                    + " on "
                    + StudyWords.hour(hottest.at())
                    + "."),
            new Picture(
                "carbon",
                "Carbon of an hour, " + carbon.symbol() + "." + band,
                "Carbon of each hour. Largest: "
                    + inUnit(dirtiest.carbonKg(), carbon, carbon.symbol())
                    + " on "
                    + StudyWords.hour(dirtiest.at())
                    + "."));
    return new StudyCurves(
        new Content("load", "What it asked of machines", paragraphs, pictures, List.of()), charts);
  }

  private static String until(StudyOutcome outcome) {
    int shown = shown(outcome);
    return shown == outcome.series().size()
        ? ""
        : " Until "
            + Words.day(outcome.series().get(shown - 1).at())
            + ", by when 95\u00a0% of "
            + (outcome.figures().outputs().median() > 0
                ? "all " + StudyWords.of(outcome.study()).many() + " had been made."
                : "it had happened.");
  }

  private static String band(StudyOutcome outcome) {
    return outcome.runs() == 1
        ? " One run, so no band."
        : " Band: 90\u00a0% interval over the runs.";
  }

  private static String inUnit(Quantity quantity, Unit unit, String symbol) {
    return Figures.rounded(quantity.median() / unit.size())
        + " "
        + symbol
        + (Figures.isExact(quantity) ? "" : " (" + Figures.range(quantity, unit) + ")");
  }

  private static Function<Hour, Quantity> of(Function<Hour, Quantity> figure, Unit unit) {
    return hour -> {
      Quantity quantity = figure.apply(hour);
      return new Quantity(
          quantity.median() / unit.size(),
          quantity.low() / unit.size(),
          quantity.high() / unit.size());
    };
  }

  /** A figure of an hour, what it is called and the colour it is drawn in. */
  private record Named(String name, String ink, Function<Hour, Quantity> figure) {}

  private static Chart hourly(StudyOutcome outcome, String id, String unit, Named... figures) {
    List<Line> lines = new ArrayList<>();
    List<Hour> shown = outcome.series().subList(0, shown(outcome));
    for (Named figure : figures) {
      List<Quantity> values = values(shown, figure.figure());
      if (lines.isEmpty() || values.stream().anyMatch(value -> value.high() > 0)) {
        lines.add(new Line(figure.name(), figure.ink(), values));
      }
    }
    return new Chart(id, unit, outcome.study().start(), HOUR, lines);
  }

  /** Hours until the day after which hardly anything happens: else they would fill the picture. */
  private static int shown(StudyOutcome outcome) {
    List<Hour> series = outcome.series();
    ToDoubleFunction<Hour> measure =
        outcome.figures().outputs().median() > 0
            ? hour -> hour.outputs().median()
            : hour -> hour.active().median();
    double all = series.stream().mapToDouble(measure).sum();
    double sum = 0;
    int hour = 0;
    while (hour < series.size() && sum < MOST_OF_IT * all) {
      sum += measure.applyAsDouble(series.get(hour));
      hour++;
    }
    int wholeDays = (hour / HOURS_OF_DAY + 1) * HOURS_OF_DAY;
    return wholeDays < WORTH_CUTTING * series.size() ? wholeDays : series.size();
  }

  private static <T> List<Quantity> values(List<T> times, Function<T, Quantity> figure) {
    return times.stream().map(figure).toList();
  }

  private static Hour largest(StudyOutcome outcome, ToDoubleFunction<Hour> figure) {
    return outcome.series().stream().max(Comparator.comparingDouble(figure)).orElseThrow();
  }

  @Override
  public Content content() {
    return content;
  }

  @Override
  public void write(JsonGenerator json) {
    for (Chart chart : charts) {
      json.writeStartObject();
      json.writeStringProperty("id", chart.id());
      json.writeStringProperty("kind", "curves");
      json.writeStringProperty("unit", chart.unit());
      json.writeNumberProperty("start", chart.start().toEpochMilli());
      json.writeNumberProperty("step", chart.step().toMillis());
      json.writeArrayPropertyStart("lines");
      chart.lines().forEach(line -> write(json, line));
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, Line line) {
    json.writeStartObject();
    json.writeStringProperty("name", line.name());
    json.writeStringProperty("ink", line.ink());
    numbers(json, "median", line, Quantity::median);
    if (!line.values().stream().allMatch(Figures::isExact)) {
      numbers(json, "low", line, Quantity::low);
      numbers(json, "high", line, Quantity::high);
    }
    json.writeEndObject();
  }

  private static void numbers(
      JsonGenerator json, String name, Line line, ToDoubleFunction<Quantity> part) {
    StudyWords.numbers(json, name, line.values().stream().mapToDouble(part).toArray());
  }
}
