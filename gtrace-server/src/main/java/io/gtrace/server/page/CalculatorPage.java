package io.gtrace.server.page;

import io.gtrace.activity.Activity;
import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.GridZone;
import io.gtrace.factor.Model;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Ranking;
import io.gtrace.ratecard.CardRow;
import io.gtrace.report.Charts;
import io.gtrace.report.Charts.Bar;
import io.gtrace.report.Figures;
import io.gtrace.report.LineTable.Column;
import io.gtrace.report.PageParts;
import io.gtrace.report.TextTable;
import io.gtrace.report.TextTable.Head;
import io.gtrace.report.TextTable.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What some work costs here and there. Its address holds all that was asked. */
final class CalculatorPage implements View {
  private static final int MOST_PLACES = 12;
  private static final List<String> USUAL_PLACES = List.of("FR", "US-CA", "DE", "PL");

  /** A figure of fewer kilometres tells people nothing. */
  private static final double LEAST_KG_TO_COMPARE = 0.1;

  private final Visit visit;
  private final Optional<Job> job;
  private final Job.Kind kind;
  private final List<String> places;
  private final List<Priced> priced = new ArrayList<>();
  private final Set<String> faults = new LinkedHashSet<>();
  private final Set<String> notes = new LinkedHashSet<>();

  /** The work at one place. */
  private record Priced(String place, CardRow row, Footprint footprint) {}

  /** A place or a model to choose. */
  record Choice(String value, String label) {}

  private CalculatorPage(Visit visit) {
    this.visit = visit;
    places = places(visit.fields());
    kind = kind();
    job = job();
    job.ifPresent(asked -> places.forEach(place -> price(asked, place)));
  }

  static CalculatorPage of(Visit visit) {
    return new CalculatorPage(visit);
  }

  private static List<String> places(Fields fields) {
    List<String> named =
        fields.texts("place").stream()
            .flatMap(text -> Stream.of(text.split(",", -1)))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    return named.isEmpty() ? USUAL_PLACES : named;
  }

  private Job.Kind kind() {
    try {
      return visit.fields().text("kind").map(Job.Kind::labelled).orElse(Job.Kind.TEXT);
    } catch (IllegalArgumentException unknown) {
      faults.add(String.valueOf(unknown.getMessage()));
      return Job.Kind.TEXT;
    }
  }

  private Optional<Job> job() {
    if (places.size() > MOST_PLACES) {
      faults.add("ask for at most " + MOST_PLACES + " places at once");
      return Optional.empty();
    }
    try {
      return Optional.of(Job.read(visit.fields()));
    } catch (IllegalArgumentException wrong) {
      faults.add(String.valueOf(wrong.getMessage()));
      return Optional.empty();
    }
  }

  private void price(Job asked, String place) {
    try {
      Activity activity = asked.at(place);
      CardRow row = visit.card().row(activity);
      priced.add(new Priced(place, row, visit.card().price(activity)));
      notes.addAll(row.notes());
    } catch (IllegalArgumentException wrong) {
      faults.add(String.valueOf(wrong.getMessage()));
    }
  }

  @Override
  public String template() {
    return "calculator.jte";
  }

  @Override
  public String title() {
    return "Calculator";
  }

  @Override
  public Room room() {
    return Room.CALCULATOR;
  }

  @Override
  public String module() {
    return "calculator.js";
  }

  @Override
  public List<Charts.Chart> charts() {
    if (priced.size() < 2) {
      return List.of();
    }
    return List.of(
        Charts.chart(
            "places",
            Charts.Kind.BARS,
            "Carbon by place; whiskers: 90 % interval",
            priced.stream()
                .map(each -> new Bar(each.place(), each.footprint().carbonKg(), Optional.empty()))
                .toList()));
  }

  List<Job.Kind> kinds() {
    return List.of(Job.Kind.values());
  }

  Job.Kind chosenKind() {
    return kind;
  }

  /** The form of another kind, with the same places. */
  String kindLink(Job.Kind other) {
    Fields.Link link = Fields.link("/calculator").with("kind", other.label());
    visit.fields().texts("place").forEach(place -> link.with("place", place));
    return link.toString();
  }

  /** What stands in a field: what was written, else what counts as usual. */
  String field(String name) {
    return visit
        .fields()
        .text(name)
        .orElseGet(() -> job.map(asked -> usual(asked, name)).orElse(""));
  }

  private static String usual(Job asked, String name) {
    return switch (name) {
      case "model" -> asked.model();
      case "count" -> Long.toString(asked.count());
      case "input" -> Long.toString(asked.inputTokens());
      case "output" -> Long.toString(asked.outputTokens());
      case "seconds" -> Figures.rounded(asked.seconds());
      default -> "";
    };
  }

  String placesField() {
    return String.join(", ", places);
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  boolean hasFigures() {
    return !priced.isEmpty();
  }

  String summary() {
    return job.map(Job::inWords).orElse("");
  }

  String firstPlace() {
    return priced.get(0).row().siteName();
  }

  String tiles() {
    return PageParts.tiles(priced.get(0).footprint());
  }

  /** How many of them a comparison is of: one, or as many as make a figure. */
  long compared() {
    double kg = priced.get(0).footprint().median(Impact.CARBON_KG);
    long many = 1;
    while (kg > 0 && kg * many < LEAST_KG_TO_COMPARE) {
      many *= 10;
    }
    return many;
  }

  String comparedWords() {
    return compared() == 1
        ? "What it compares to"
        : "What " + Figures.count(compared()) + " times that compares to";
  }

  String comparisons() {
    return PageParts.comparisons(priced.get(0).footprint().times((double) compared()));
  }

  String table() {
    List<Footprint> footprints = priced.stream().map(Priced::footprint).toList();
    Column carbon = Column.ofAll(Impact.CARBON_KG, footprints);
    Column energy = Column.ofAll(Impact.ENERGY_KWH, footprints);
    Column water = Column.ofAll(Impact.WATER_L, footprints);
    return PageParts.table(
        new TextTable(
            "The same work at each place. Below each figure: its 90 % interval.",
            List.of(
                Head.words("Place"),
                Head.number("Carbon", carbon.unit().symbol()),
                Head.number("Energy", energy.unit().symbol()),
                Head.number("Water", water.unit().symbol()),
                Head.words("Grid")),
            priced.stream()
                .map(each ->
                    new Row(
                        each.place(),
                        each.row().siteName(),
                        List.of(
                            carbon.cell(each.footprint()).linked(traceLink(each.place())),
                            energy.cell(each.footprint()),
                            water.cell(each.footprint()),
                            TextTable.plain(each.row().zone().name()))))
                .toList()));
  }

  private String traceLink(String place) {
    return job.orElseThrow()
        .on(Fields.link("/trace").with("of", "job"))
        .with("place", place)
        .toString();
  }

  /** How surely one place is better than the others; empty where there is one. */
  String surety() {
    if (priced.size() < 2) {
      return "";
    }
    Ranking ranking =
        new Ranking(priced.stream().map(Priced::footprint).toList(), Impact.CARBON_KG);
    int best = 0;
    for (int i = 1; i < priced.size(); i++) {
      best = ranking.probabilityOfLeast(i) > ranking.probabilityOfLeast(best) ? i : best;
    }
    return priced.get(best).place()
        + " causes the least carbon of these with "
        + Probability.inWords(ranking.probabilityOfLeast(best))
        + ": what errs alike at all places tells none from another.";
  }

  /** The address of this very page. */
  String shareLink() {
    Fields.Link link = job.map(asked -> asked.on(Fields.link("/calculator"))).orElseThrow();
    return visit.origin() + link.with("place", String.join(",", places));
  }

  /** Models that make what is asked for. */
  List<Choice> models() {
    return visit.card().catalogue().models().stream()
        .filter(model -> model.modality() == kind.modality())
        .map(CalculatorPage::choice)
        .toList();
  }

  private static Choice choice(Model model) {
    return new Choice(model.id(), model.name());
  }

  List<Choice> placeChoices() {
    return Stream.concat(
            visit.card().catalogue().regions().stream().map(CalculatorPage::choice),
            visit.card().catalogue().zones().stream().map(CalculatorPage::choice))
        .toList();
  }

  private static Choice choice(CloudRegion region) {
    return new Choice(region.id(), region.city() + ", " + region.name());
  }

  private static Choice choice(GridZone zone) {
    return new Choice(zone.id(), zone.name());
  }
}
