package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.simulation.study.StudyOutcome;
import io.gtrace.simulation.study.StudyOutcome.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;

/** The wave by country, or by where the outputs were made. */
final class StudyGroups implements StudySection {
  private static final int SHOWN = 15;
  private static final int DRAWN = 7;

  private final StudyWords words;
  private final Footprint whole;
  private final List<Group> groups;
  private final List<Group> drawn;
  private final Naming naming;

  /**
   * @param key what one group is
   * @param withPeople whether people belong to a group
   */
  private record Naming(String id, String heading, String key, String text, boolean withPeople) {}

  private StudyGroups(StudyOutcome outcome, List<Group> groups, Naming naming) {
    words = StudyWords.of(outcome.study());
    whole = outcome.figures().footprint();
    this.groups = folded(groups, SHOWN);
    drawn = folded(groups, DRAWN);
    this.naming = naming;
  }

  static StudyGroups countries(StudyOutcome outcome) {
    String text =
        "What people of a country had made, wherever it was made: all "
            + StudyWords.of(outcome.study()).many()
            + (StudyPage.isPart(outcome.figures()) ? ", counted or not." : ".")
            + idle(outcome);
    return new StudyGroups(
        outcome,
        outcome.countries(),
        new Naming("countries", "Where the people are", "Country", text, true));
  }

  private static String idle(StudyOutcome outcome) {
    Quantity carbonKg = outcome.idle().carbonKg();
    return carbonKg.median() > 0
        ? " Fleets that stood idle in hours without "
            + StudyWords.of(outcome.study()).many()
            + " ("
            + Figures.carbon(carbonKg)
            + ") are part of no country."
        : "";
  }

  static StudyGroups venues(StudyOutcome outcome) {
    String many = StudyWords.of(outcome.study()).many();
    String text =
        "Each place does its "
            + many
            + " with its own hardware on its own grid. A device of one's own makes them one by"
            + " one; a data centre many at a time. Energy is their number times the energy of one.";
    return new StudyGroups(
        outcome,
        outcome.venues(),
        new Naming("venues", "Where the work was done", "Place", text, false));
  }

  /** The largest that made anything, and the others as one. */
  private static List<Group> folded(List<Group> groups, int most) {
    List<Group> sorted = new ArrayList<>(groups);
    sorted.removeIf(StudyGroups::isIdle);
    sorted.sort(Comparator.comparingDouble(group -> -group.footprint().median(Impact.CARBON_KG)));
    if (sorted.size() <= most + 1) {
      return List.copyOf(sorted);
    }
    List<Group> others = sorted.subList(most, sorted.size());
    Footprint sum = Lines.sumOf(others.stream().map(Group::footprint).toList());
    double outputs = others.stream().mapToDouble(Group::outputs).sum();
    List<Group> shown = new ArrayList<>(sorted.subList(0, most));
    shown.add(
        new Group(
            "others",
            "others (" + others.size() + ")",
            others.stream().mapToDouble(Group::adopters).sum(),
            outputs,
            sum,
            outputs > 0 ? sum.times(1 / outputs).energyKwh() : Quantity.ZERO,
            Optional.empty()));
    return List.copyOf(shown);
  }

  private static boolean isIdle(Group group) {
    return group.outputs() == 0 && group.footprint().median(Impact.CARBON_KG) == 0;
  }

  private Charts.Chart chart() {
    List<String> names = StudyWords.shortNames(drawn);
    // Shares, for what all groups have in common, such as the energy of one output, cancels.
    return new Charts.Chart(
        naming.id(),
        Charts.Kind.BARS,
        "Share of the carbon by "
            + naming.key().toLowerCase(Locale.ROOT)
            + "; whiskers: 90 % interval",
        Unit.PERCENT,
        IntStream.range(0, drawn.size())
            .mapToObj(i -> new Charts.Bar(names.get(i), share(drawn.get(i)), Optional.empty()))
            .toList());
  }

  private Quantity share(Group group) {
    return Drawn.of(group.footprint(), Impact.CARBON_KG)
        .over(Drawn.of(whole, Impact.CARBON_KG))
        .quantity();
  }

  @Override
  public Content content() {
    return new Content(
        naming.id(),
        naming.heading(),
        List.of(naming.text()),
        List.of(Picture.of(chart())),
        List.of(table()),
        // The map and the waterfall show much the same.
        0);
  }

  private TextTable table() {
    List<Footprint> footprints = groups.stream().map(Group::footprint).toList();
    LineTable.Column carbon = LineTable.Column.ofAll(Impact.CARBON_KG, footprints);
    LineTable.Column energy = LineTable.Column.ofAll(Impact.ENERGY_KWH, footprints);
    LineTable.Column water = LineTable.Column.ofAll(Impact.WATER_L, footprints);
    List<TextTable.Head> heads = new ArrayList<>();
    heads.add(TextTable.Head.words(naming.key()));
    if (naming.withPeople()) {
      heads.add(TextTable.Head.number("People", "took part"));
    }
    heads.add(TextTable.Head.number(words.manyAsTitle(), "made"));
    heads.add(TextTable.Head.number("Energy of one", "Wh"));
    heads.add(TextTable.Head.number("Energy", energy.unit().symbol()));
    heads.add(TextTable.Head.number("Carbon", carbon.unit().symbol()));
    heads.add(TextTable.Head.number("Share", "of carbon"));
    heads.add(TextTable.Head.number("Water", water.unit().symbol()));
    List<TextTable.Row> rows = new ArrayList<>();
    for (Group group : groups) {
      Footprint footprint = group.footprint();
      Quantity share = share(group);
      List<LineTable.Cell> cells = new ArrayList<>();
      if (naming.withPeople()) {
        cells.add(TextTable.plain(Figures.amount(group.adopters())));
      }
      cells.add(TextTable.plain(Figures.amount(group.outputs())));
      cells.add(wattHours(group.energyPerOutputKwh()));
      cells.add(energy.cell(footprint));
      cells.add(carbon.cell(footprint));
      cells.add(
          new LineTable.Cell(Figures.percent(share.median()) + " %", LineTable.shareRange(share)));
      cells.add(water.cell(footprint));
      rows.add(new TextTable.Row(group.name(), "", cells));
    }
    return new TextTable(
        "By "
            + naming.key().toLowerCase(Locale.ROOT)
            + ", the largest carbon first. Below each figure: its 90\u00a0% interval",
        heads,
        rows);
  }

  private static LineTable.Cell wattHours(Quantity kwh) {
    return new LineTable.Cell(
        Figures.rounded(kwh.median() / Unit.WATT_HOUR.size()), Figures.range(kwh, Unit.WATT_HOUR));
  }

  @Override
  public void write(JsonGenerator json) {
    Charts.write(json, chart());
  }
}
