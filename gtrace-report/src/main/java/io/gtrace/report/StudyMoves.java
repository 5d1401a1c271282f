package io.gtrace.report;

import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.ScenarioOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** What comes of moving people to devices of their own, from none to all: a curve for each kind. */
final class StudyMoves implements StudySection {
  private final StudyWords words;
  private final List<Curve> curves;

  /**
   * Points of one curve, the study as it stands first.
   *
   * @param to the devices
   */
  private record Curve(String to, List<Point> points) {}

  /**
   * One share of the people.
   *
   * @param people share that moved, 0 to 1
   * @param outputs share made on their devices
   * @param asManyKg carbon if as many outputs were made as with nobody at home
   */
  private record Point(
      double people, Quantity outputs, StudyOutcome.Figures figures, Quantity asManyKg) {
    Quantity carbonKg() {
      return figures.counted().carbonKg();
    }
  }

  StudyMoves(StudyOutcome outcome) {
    words = StudyWords.of(outcome.study());
    Map<String, List<Point>> byDevices = new LinkedHashMap<>();
    for (ScenarioOutcome scenario : outcome.scenarios()) {
      scenario
          .moves()
          .ifPresent(move ->
              byDevices
                  .computeIfAbsent(move.to(), first -> new ArrayList<>(List.of(none(outcome))))
                  .add(
                      new Point(
                          move.share(),
                          scenario.localShare(),
                          scenario.figures(),
                          scenario.asManyKg())));
    }
    curves =
        byDevices.entrySet().stream()
            .map(entry ->
                new Curve(
                    entry.getKey(),
                    entry.getValue().stream()
                        .sorted(Comparator.comparingDouble(Point::people))
                        .toList()))
            .toList();
  }

  private static Point none(StudyOutcome outcome) {
    StudyOutcome.Figures figures = outcome.figures();
    return new Point(0, outcome.localShare(), figures, figures.counted().carbonKg());
  }

  boolean isEmpty() {
    return curves.isEmpty();
  }

  private String id(Curve curve) {
    return "moves-" + curves.indexOf(curve);
  }

  private static Unit unit(Curve curve) {
    double most = curve.points().stream().mapToDouble(of -> of.carbonKg().median()).max().orElse(0);
    return Unit.of(Impact.CARBON_KG, most);
  }

  @Override
  public Content content() {
    String lead =
        "The same people with the same luck, and a growing share of them with devices of their own"
            + " that they always use. No service caps what they make there, so there are more "
            + words.many()
            + ". One line tells of all that were made, the other of as many as with nobody at home.";
    return new Content(
        "moves",
        "From none to all at home",
        List.of(lead),
        curves.stream().map(this::picture).toList(),
        curves.stream().map(this::table).toList());
  }

  private Picture picture(Curve curve) {
    Point none = curve.points().get(0);
    Point most = curve.points().get(curve.points().size() - 1);
    return new Picture(
        id(curve),
        "Carbon by share of the people on "
            + curve.to()
            + ", "
            + unit(curve).symbol()
            + ", on a scale of powers of ten. Band: 90\u00a0% interval",
        "Carbon by share of the people on "
            + curve.to()
            + ": "
            + Figures.carbon(none.carbonKg())
            + " with none, "
            + Figures.carbon(most.carbonKg())
            + " with "
            + Figures.percent(most.people())
            + " %. The table below holds the figures.");
  }

  private TextTable table(Curve curve) {
    return new TextTable(
        "People on " + curve.to() + ". Below each figure: its 90\u00a0% interval",
        List.of(
            TextTable.Head.words("People"),
            TextTable.Head.number(words.manyAsTitle(), "counted"),
            TextTable.Head.number("Made at home", ""),
            TextTable.Head.number("Energy", ""),
            TextTable.Head.number("Carbon", ""),
            TextTable.Head.number("If as many", "carbon"),
            TextTable.Head.number("Carbon of one", words.one())),
        curve.points().stream()
            .map(point ->
                new TextTable.Row(
                    Figures.percent(point.people()) + " %",
                    "",
                    List.of(
                        StudyWords.cell(point.figures().countedOutputs()),
                        TextTable.plain(Figures.percent(point.outputs().median()) + " %"),
                        cell(Impact.ENERGY_KWH, point.figures().counted().energyKwh()),
                        cell(Impact.CARBON_KG, point.carbonKg()),
                        cell(Impact.CARBON_KG, point.asManyKg()),
                        cell(Impact.CARBON_KG, point.figures().ofOneOutput().carbonKg()))))
            .toList());
  }

  private static LineTable.Cell cell(Impact impact, Quantity quantity) {
    AccountPage.Tile tile = AccountPage.tile("", "", impact, quantity);
    return new LineTable.Cell(tile.measured(), tile.range());
  }

  @Override
  public void write(JsonGenerator json) {
    for (Curve curve : curves) {
      json.writeStartObject();
      json.writeStringProperty("id", id(curve));
      json.writeStringProperty("kind", "moves");
      json.writeStringProperty("unit", unit(curve).symbol());
      StudyWords.numbers(
          json, "share", curve.points().stream().mapToDouble(of -> 100 * of.people()).toArray());
      json.writeArrayPropertyStart("lines");
      line(json, curve, "as simulated", "second", Point::carbonKg);
      line(json, curve, "as many " + words.many(), "accent", Point::asManyKg);
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void line(
      JsonGenerator json, Curve curve, String name, String ink, Function<Point, Quantity> figure) {
    json.writeStartObject();
    json.writeStringProperty("name", name);
    json.writeStringProperty("ink", ink);
    List<Quantity> values = curve.points().stream().map(figure).toList();
    numbers(json, "median", curve, values, Quantity::median);
    numbers(json, "low", curve, values, Quantity::low);
    numbers(json, "high", curve, values, Quantity::high);
    json.writeEndObject();
  }

  private static void numbers(
      JsonGenerator json,
      String name,
      Curve curve,
      List<Quantity> values,
      ToDoubleFunction<Quantity> part) {
    double size = unit(curve).size();
    StudyWords.numbers(
        json, name, values.stream().mapToDouble(of -> part.applyAsDouble(of) / size).toArray());
  }
}
