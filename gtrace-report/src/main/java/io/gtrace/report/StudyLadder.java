package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.Group;
import io.gtrace.simulation.study.StudyOutcome.Hour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** From one output to all of them, rung by rung. */
final class StudyLadder implements StudySection {
  private static final int HOURS_OF_DAY = 24;

  private final StudyOutcome outcome;
  private final StudyWords words;
  private final List<Rung> rungs;

  /**
   * A rung.
   *
   * @param outputs how many outputs it is
   */
  private record Rung(String name, String detail, double outputs, Footprint footprint) {}

  StudyLadder(StudyOutcome outcome) {
    this.outcome = outcome;
    words = StudyWords.of(outcome.study());
    rungs = rungs();
  }

  private List<Rung> rungs() {
    StudyOutcome.Figures figures = outcome.figures();
    double outputs = figures.outputs().median();
    double each = outputs / Math.max(1, figures.adopters().median());
    List<Rung> found = new ArrayList<>();
    found.add(times("One " + words.one(), "the average of all", 1));
    found.add(times("One person", "all that someone who took part made", each));
    busiestHour()
        .ifPresent(hour ->
            found.add(
                times("The busiest hour", StudyWords.hour(hour.at()), hour.outputs().median())));
    if (outcome.hours() > HOURS_OF_DAY) {
      found.add(busiestDay());
    }
    if (outcome.countries().size() > 1) {
      Group first = outcome.countries().get(0);
      found.add(
          new Rung(first.name(), "the country with the most", first.outputs(), first.footprint()));
    }
    found.add(new Rung("All " + words.many(), "the whole wave", outputs, figures.footprint()));
    if (StudyPage.isPart(figures)) {
      found.add(
          new Rung(
              "Those counted",
              "what belongs to this study",
              figures.countedOutputs().median(),
              figures.counted()));
    }
    return List.copyOf(found);
  }

  private Optional<Hour> busiestHour() {
    return outcome.series().stream()
        .max(Comparator.comparingDouble(hour -> hour.outputs().median()));
  }

  private Rung busiestDay() {
    List<Hour> series = outcome.series();
    int best = 0;
    double most = 0;
    for (int from = 0; from + HOURS_OF_DAY <= series.size(); from++) {
      double sum = 0;
      for (Hour hour : series.subList(from, from + HOURS_OF_DAY)) {
        sum += hour.outputs().median();
      }
      if (sum > most) {
        most = sum;
        best = from;
      }
    }
    return times("The busiest 24 hours", "from " + StudyWords.hour(series.get(best).at()), most);
  }

  private Rung times(String name, String detail, double outputs) {
    return new Rung(name, detail, outputs, outcome.figures().ofOneOutput().times(outputs));
  }

  @Override
  public Content content() {
    Rung one = rungs.get(0);
    String lead =
        "One "
            + words.one()
            + " takes "
            + Figures.in(Unit.WATT_HOUR, one.footprint().energyKwh())
            + ", as much as "
            + phones(one)
            + " smartphone charges. What makes it count is how many there are: each rung below is"
            + " the same average "
            + words.one()
            + ", times their number.";
    return new Content(
        "ladder",
        "From one " + words.one() + " to the total",
        List.of(lead),
        List.of(
            new Picture(
                "ladder",
                "Energy, on a scale of powers of ten; whiskers: 90 % interval",
                "Energy from one "
                    + words.one()
                    + ", "
                    + Figures.in(Unit.WATT_HOUR, one.footprint().energyKwh())
                    + ", to all, "
                    + Figures.energy(outcome.figures().footprint().energyKwh())
                    + ", on a logarithmic scale. The table below holds the figures.")),
        List.of(table()));
  }

  private static String phones(Rung rung) {
    return Figures.roughly(Equivalent.PHONE.countIn(rung.footprint()).median());
  }

  private TextTable table() {
    return new TextTable(
        "The rungs; below each figure its 90\u00a0% interval",
        List.of(
            TextTable.Head.words("Rung"),
            TextTable.Head.number(words.manyAsTitle(), ""),
            TextTable.Head.number("Energy", ""),
            TextTable.Head.number("Carbon", ""),
            TextTable.Head.number("Water", ""),
            TextTable.Head.number("As much as", "smartphone charges")),
        rungs.stream()
            .map(rung ->
                new TextTable.Row(
                    rung.name(),
                    rung.detail(),
                    List.of(
                        TextTable.plain(Figures.amount(rung.outputs())),
                        figure(Impact.ENERGY_KWH, rung.footprint()),
                        figure(Impact.CARBON_KG, rung.footprint()),
                        figure(Impact.WATER_L, rung.footprint()),
                        TextTable.plain(
                            Figures.amount(Equivalent.PHONE.countIn(rung.footprint()).median())))))
            .toList());
  }

  /** A figure with its unit, and below it its interval. */
  static LineTable.Cell figure(Impact impact, Footprint footprint) {
    Quantity quantity = footprint.quantity(impact).orElse(Quantity.ZERO);
    Unit unit = unit(impact, quantity);
    return new LineTable.Cell(
        Unit.unbroken(Figures.rounded(quantity.median() / unit.size()) + " " + unit.symbol()),
        Figures.range(quantity, unit));
  }

  /** The energy of an output is published in watt-hours, however little it is. */
  private static Unit unit(Impact impact, Quantity quantity) {
    double median = quantity.median();
    return Unit.of(
        impact, impact == Impact.ENERGY_KWH ? Math.max(median, Unit.WATT_HOUR.size()) : median);
  }

  @Override
  public void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", "ladder");
    json.writeStringProperty("kind", "ladder");
    json.writeArrayPropertyStart("rungs");
    rungs.forEach(rung -> writeRung(json, rung.name(), rung.footprint().energyKwh()));
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Writes a bar on a scale of powers of ten. */
  static void writeRung(JsonGenerator json, String name, Quantity kwh) {
    Unit unit = unit(Impact.ENERGY_KWH, kwh);
    json.writeStartObject();
    json.writeStringProperty("name", name);
    json.writeStringProperty(
        "label", Figures.rounded(kwh.median() / unit.size()) + " " + unit.symbol());
    json.writeStringProperty("range", Figures.range(kwh, unit) + " " + unit.symbol());
    StudyWords.numbers(json, "kwh", kwh.median(), kwh.low(), kwh.high());
    json.writeEndObject();
  }
}
