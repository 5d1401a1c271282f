package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Dimension;
import io.gtrace.trace.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the template of the page asks for, in words and ready to print. */
final class AccountPage extends ChartPage {
  private static final int TIMES_LISTED = 31;
  private static final List<Dimension> SECTIONS =
      List.of(
          Dimension.MODEL,
          Dimension.TEAM,
          Dimension.APP,
          Dimension.SITE,
          Dimension.MODALITY,
          Dimension.HOUR);

  private final AccountFindings findings;
  private final Account account;
  private final Footprint total;
  private final List<Section> sections;

  /** One of the three great figures. */
  record Tile(String name, String kind, String value, String unit, String range) {
    String measuredRange() {
      return Unit.unbroken(range + " " + unit);
    }

    String measured() {
      return Unit.unbroken(value + " " + unit);
    }
  }

  /** One of the smaller figures. */
  record Fact(String name, String value, String range) {}

  /** How many things people know come to the same. */
  record Comparison(String count, String things, String range, String impact) {}

  /** One saving. */
  record LeverItem(String action, String saved, String range, String share, String basis) {
    /** What to do, word by word: the hyphens of names are no places to end a line. */
    List<String> actionWords() {
      return List.of(action.split(" ", -1));
    }
  }

  /** One dimension: its pictures and its table. */
  record Section(
      String id, String heading, List<Charts.Chart> pictures, LineTable table, String caption) {}

  AccountPage(AccountFindings findings) {
    super(PageText.SCRIPT, findings.context().generatedAt());
    this.findings = findings;
    account = findings.account();
    total = account.total().footprint();
    sections = sections(account);
  }

  private static List<Section> sections(Account account) {
    List<Section> sections = new ArrayList<>();
    for (Dimension dimension : SECTIONS) {
      if (AccountFindings.isWorthASection(account, dimension)) {
        sections.add(section(dimension, account));
      }
    }
    return sections;
  }

  private static Section section(Dimension dimension, Account account) {
    String key = Words.keyName(dimension);
    List<Line> lines =
        dimension == Dimension.HOUR
            ? Timeline.lines(account, TIMES_LISTED)
            : Lines.folded(account.by(dimension));
    Map<String, String> details =
        switch (dimension) {
          case HOUR -> Timeline.details(account, TIMES_LISTED);
          case SITE -> LineTable.placeDetails(account);
          default -> Map.of();
        };
    return new Section(
        "by-" + dimension.label(),
        Words.heading(dimension),
        Charts.of(dimension, lines, account),
        LineTable.of(key, lines, account, details),
        "Figures by " + key.toLowerCase(Locale.ROOT) + ". Below each figure: its 90 % interval.");
  }

  String title() {
    return account.title();
  }

  String period() {
    return Words.period(account);
  }

  String summary() {
    return Unit.unbroken(Words.summary(account));
  }

  List<Tile> tiles() {
    return tiles(total);
  }

  /** Carbon, energy and water. */
  static List<Tile> tiles(Footprint total) {
    return List.of(
        tile("Carbon", "lead", Impact.CARBON_KG, total.carbonKg()),
        tile("Energy", "", Impact.ENERGY_KWH, total.energyKwh()),
        tile("Water", "", Impact.WATER_L, total.waterL()));
  }

  static Tile tile(String name, String kind, Impact impact, Quantity quantity) {
    Unit unit = Unit.of(impact, quantity.median());
    return new Tile(
        name,
        kind,
        Figures.rounded(quantity.median() / unit.size()),
        unit.symbol(),
        Figures.range(quantity, unit));
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Activities", Figures.count(account.total().activities()), ""));
    facts.add(new Fact("Tokens", Figures.count(account.total().tokens()), ""));
    Words.average(account)
        .ifPresent(one -> {
          facts.add(average("Carbon of one activity", Impact.CARBON_KG, one.carbonKg()));
          facts.add(average("Energy of one activity", Impact.ENERGY_KWH, one.energyKwh()));
          facts.add(average("Water of one activity", Impact.WATER_L, one.waterL()));
        });
    return facts;
  }

  private static Fact average(String name, Impact impact, Quantity quantity) {
    Tile figure = tile(name, "", impact, quantity);
    return new Fact(name, figure.measured(), figure.measuredRange());
  }

  List<Comparison> comparisons() {
    return comparisons(total);
  }

  /** What comes to the same as a footprint. */
  static List<Comparison> comparisons(Footprint total) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Equivalent equivalent : Equivalent.values()) {
      Quantity count = equivalent.countIn(total);
      comparisons.add(
          new Comparison(
              Figures.roughly(count.median()),
              equivalent.things(),
              Words.range(count),
              Words.kind(equivalent.impact())));
    }
    return comparisons;
  }

  boolean hasLevers() {
    return !findings.heaviest().isEmpty() || !findings.levers().isEmpty();
  }

  List<String> heaviest() {
    return findings.heaviest().stream().map(Words::heaviest).map(Unit::unbroken).toList();
  }

  List<LeverItem> levers() {
    return findings.levers().stream().map(this::lever).toList();
  }

  private LeverItem lever(Lever lever) {
    Tile figure = tile("", "", Impact.CARBON_KG, lever.savedCarbonKg());
    double whole = total.median(Impact.CARBON_KG);
    String share =
        whole > 0
            ? "That is "
                + Figures.percent(lever.savedCarbonKg().median() / whole).replace("<", "less than ")
                + " % of all carbon."
            : "";
    return new LeverItem(
        lever.action(),
        figure.measured(),
        figure.range(),
        Unit.unbroken(share),
        Unit.unbroken(lever.basis()));
  }

  /** Carbon of use, relative to {@link #embodied}. */
  double operational() {
    return total.median(Impact.OPERATIONAL_LOCATION_BASED_KG) / wholeOrOne();
  }

  double embodied() {
    return total.median(Impact.EMBODIED_KG) / wholeOrOne();
  }

  private double wholeOrOne() {
    double whole = total.median(Impact.CARBON_KG);
    return whole > 0 ? whole : 1;
  }

  String operationalShare() {
    return share(Impact.OPERATIONAL_LOCATION_BASED_KG);
  }

  String embodiedShare() {
    return share(Impact.EMBODIED_KG);
  }

  private String share(Impact impact) {
    return Unit.unbroken(
        Figures.share(Drawn.of(total, impact).over(Drawn.of(total, Impact.CARBON_KG)).quantity()));
  }

  List<Words.ImpactLine> impacts() {
    return Words.impacts(account);
  }

  List<Section> sections() {
    return sections;
  }

  List<String> method() {
    return Words.METHOD;
  }

  String factorSet() {
    return total.factorSet();
  }

  List<String> notes() {
    return findings.notes();
  }

  List<Provenance> sources() {
    return findings.context().sources();
  }

  List<Equivalent> equivalents() {
    return List.of(Equivalent.values());
  }

  boolean hasPictures() {
    return !pictures().isEmpty();
  }

  boolean hasMap() {
    return pictures().stream().anyMatch(chart -> chart.kind() == Charts.Kind.MAP);
  }

  private List<Charts.Chart> pictures() {
    return sections.stream().flatMap(section -> section.pictures().stream()).toList();
  }

  String data() {
    return Charts.json(pictures());
  }

  String world() {
    return PageText.WORLD.text();
  }
}
