package io.gtrace.server.page;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.report.Charts;
import io.gtrace.report.Charts.Bar;
import io.gtrace.report.Figures;
import io.gtrace.report.PageParts;
import io.gtrace.report.Unit;
import io.gtrace.server.organisation.LedgerView.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is going on: how much carbon an hour costs now, and the day so far, or the newest day of
 * which something is known.
 */
final class NowPage implements View {
  private static final List<GroupBy> SPLITS =
      List.of(GroupBy.TEAM, GroupBy.MODEL, GroupBy.APP, GroupBy.REGION);

  private final Visit visit;
  private final Optional<LocalDate> day;
  private final Selection selection;
  private final Answer answer;
  private final Optional<Figure> burn;
  private final OptionalDouble budgetKg;
  private final List<LedgerLines.Section> sections;
  private final Optional<Charts.Chart> hours;

  /** A figure in words. */
  record Figure(String value, String unit, String range, String remark) {}

  /**
   * How much of what a day may cause today has caused, whichever day the page shows.
   *
   * @param percent of the budget, for a bar: at most 100
   */
  record Budget(String text, String range, int percent, boolean isExceeded) {}

  private NowPage(Visit visit, Optional<LocalDate> day, OptionalDouble budgetKg) {
    this.visit = visit;
    this.day = day;
    this.budgetKg = budgetKg;
    selection = Selection.of(visit, day.map(NowPage::whole).orElse(Period.ALL));
    answer = visit.ledger().ask(selection.by());
    burn = isToday() ? burn(visit) : Optional.empty();
    sections = SPLITS.stream().map(this::section).flatMap(Optional::stream).toList();
    hours = day.flatMap(this::hours);
  }

  /** The page; where nothing is known yet, first steps instead. */
  static View of(Visit visit, PageOptions options, OtlpPorts ports) {
    if (visit.ledger().ask(Selection.of(visit, Period.ALL).by()).total().activities() == 0) {
      return new FirstSteps(visit, ports);
    }
    LocalDate today = Moments.dayOf(visit.now());
    boolean hasToday =
        visit.ledger().ask(Selection.of(visit, whole(today)).by()).total().activities() > 0;
    return new NowPage(
        visit, hasToday ? Optional.of(today) : lastDay(visit), options.dailyBudgetKg());
  }

  private static Optional<LocalDate> lastDay(Visit visit) {
    return visit
        .ledger()
        .with(LedgerQuery::period)
        .to()
        .map(end -> Moments.dayOf(end.minusMillis(1)));
  }

  private static Period whole(LocalDate day) {
    return new Period(Optional.of(Moments.start(day)), Optional.of(Moments.start(day.plusDays(1))));
  }

  /** The mean of the hour that runs and the whole one before it, as carbon of one hour. */
  private static Optional<Figure> burn(Visit visit) {
    Instant from = visit.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
    Period recent = new Period(Optional.of(from), Optional.empty());
    QueryLine total = visit.ledger().ask(Selection.of(visit, recent).by()).total();
    if (total.activities() == 0) {
      return Optional.empty();
    }
    double hours = Duration.between(from, visit.now()).toSeconds() / 3_600.0;
    return Optional.of(
        figure(total.footprint().times(1 / hours), "mean since " + Moments.time(from) + " UTC"));
  }

  private static Figure figure(Footprint footprint, String remark) {
    Quantity kg = footprint.carbonKg();
    Unit unit = Unit.of(Impact.CARBON_KG, kg.median());
    return new Figure(
        Figures.rounded(kg.median() / unit.size()),
        unit.symbol(),
        Figures.range(kg, unit) + " " + unit.symbol(),
        remark);
  }

  private Optional<LedgerLines.Section> section(GroupBy by) {
    List<QueryLine> lines = visit.ledger().ask(selection.by(by)).lines();
    return LedgerLines.isTelling(lines)
        ? Optional.of(
            LedgerLines.section(
                by,
                lines,
                answer.total(),
                selection.traceLink(),
                key -> selection.with(by, key).traceLink()))
        : Optional.empty();
  }

  private Optional<Charts.Chart> hours(LocalDate of) {
    Map<Instant, Quantity> byHour = new HashMap<>();
    visit
        .ledger()
        .ask(selection.by(GroupBy.HOUR))
        .lines()
        .forEach(
            line -> byHour.put(Instant.parse(line.keys().get(0)), line.footprint().carbonKg()));
    List<Bar> bars = new ArrayList<>();
    Instant start = Moments.start(of);
    for (int hour = 0; hour < 24; hour++) {
      Instant at = start.plus(hour, ChronoUnit.HOURS);
      bars.add(new Bar(Moments.time(at), byHour.getOrDefault(at, Quantity.ZERO), Optional.empty()));
    }
    return Optional.of(
        Charts.chart(
            "hours",
            Charts.Kind.COLUMNS,
            "Carbon per hour of " + Moments.day(start) + " (UTC); whiskers: 90 % interval",
            bars));
  }

  @Override
  public String template() {
    return "now.jte";
  }

  @Override
  public String title() {
    return "Now";
  }

  @Override
  public Room room() {
    return Room.NOW;
  }

  @Override
  public String module() {
    return "now.js";
  }

  @Override
  public List<Charts.Chart> charts() {
    List<Charts.Chart> charts = new ArrayList<>(hours.stream().toList());
    sections.forEach(section -> section.chart().ifPresent(charts::add));
    return charts;
  }

  boolean isToday() {
    return day.filter(Moments.dayOf(visit.now())::equals).isPresent();
  }

  /** What the figures are of. */
  String heading() {
    return isToday()
        ? "Today"
        : day.map(last -> Moments.day(Moments.start(last))).orElse("All of it");
  }

  /** Why another day than today is shown; empty if it is today. */
  String remark() {
    if (isToday()) {
      return "";
    }
    return day.isPresent()
        ? "Nothing came today yet. This is the newest day with activities."
        : "No activity has a time, so all of them are shown.";
  }

  Optional<Figure> burn() {
    return burn;
  }

  Optional<Budget> budget() {
    if (budgetKg.isEmpty()) {
      return Optional.empty();
    }
    double budget = budgetKg.getAsDouble();
    Quantity kg = isToday() ? answer.total().footprint().carbonKg() : Quantity.ZERO;
    double share = kg.median() / budget;
    Unit unit = Unit.of(Impact.CARBON_KG, budget);
    return Optional.of(
        new Budget(
            String.format(
                Locale.ROOT,
                "%s %% of the %s %s that a day may cause",
                Figures.percent(share),
                Figures.rounded(budget / unit.size()),
                unit.symbol()),
            Figures.percent(kg.low() / budget)
                + " to "
                + Figures.percent(kg.high() / budget)
                + " %",
            (int) Math.min(100, Math.round(100 * share)),
            share > 1));
  }

  String tiles() {
    return PageParts.tiles(answer.total().footprint());
  }

  String comparisons() {
    return PageParts.comparisons(answer.total().footprint());
  }

  String activities() {
    return Figures.count(answer.total().activities());
  }

  String tokens() {
    return Figures.count(Math.round(answer.total().tokens()));
  }

  String traceLink() {
    return selection.traceLink();
  }

  String exploreLink() {
    return selection.on(Fields.link("/explore")).toString();
  }

  Optional<Charts.Chart> hours() {
    return hours;
  }

  List<LedgerLines.Section> sections() {
    return sections;
  }

  /** What stands in the way of what was acknowledged; empty if nothing does. */
  String trouble() {
    return visit.intake().trouble();
  }

  /** Of which state of the ledger it tells. */
  String batch() {
    return Integer.toString(answer.head().batch());
  }

  String asOf() {
    return Moments.minute(visit.now()) + " UTC";
  }

  /** How many activities have a model that the factors did not know. */
  String unknown() {
    if (!visit.seesAll()) {
      return "";
    }
    int names = visit.ledger().with(LedgerQuery::unknownModels).size();
    return names == 0 ? "" : names == 1 ? "1 model is" : names + " models are";
  }
}
