package io.gtrace.server.page;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Quantity;
import io.gtrace.footprint.Ranking;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.report.Charts;
import io.gtrace.report.Figures;
import io.gtrace.report.PageParts;
import io.gtrace.report.ScriptJson;
import io.gtrace.server.organisation.LedgerView.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Any part of the ledger over time, split as somebody likes, alone or beside another part. */
final class ExplorePage implements View {
  private static final int MOST_CURVES = 6;

  /** Bands of more curves would hide each other. */
  private static final int MOST_BANDS = 4;

  private static final int MOST_CHOICES = 300;
  private static final String OTHER = "2";

  private final Visit visit;
  private final Selection first;
  private final Optional<Selection> second;
  private final Optional<GroupBy> split;
  private final Measure measure;
  private final Step step;
  private final QueryLine total;
  private final Curves curves;
  private final Optional<LedgerLines.Section> section;

  /**
   * A field to choose a value from.
   *
   * @param choices what there is
   */
  record Filter(String name, String label, String chosen, List<String> choices) {}

  /** Two parts beside each other, in words. */
  record Compared(String first, String second, String ratio, String difference, String surety) {}

  private ExplorePage(Visit visit) {
    this.visit = visit;
    first = Selection.read(visit, "");
    second =
        visit.fields().text("compare").isPresent()
            ? Optional.of(Selection.read(visit, OTHER))
            : Optional.empty();
    split = visit.fields().text("by").map(ExplorePage::dimension);
    measure = Measure.labelled(visit.fields().text("show").orElse(Measure.CARBON.label()));
    step = step(visit, first);
    GroupBy by = split.orElse(step.by());
    Answer parts = visit.ledger().ask(first.by(by));
    total = parts.total();
    curves =
        second
            .map(this::twoCurves)
            .orElseGet(() -> split.isEmpty() ? oneCurve() : curvesOf(split.get(), parts.lines()));
    section = section(by, parts.lines());
  }

  static ExplorePage of(Visit visit) {
    return new ExplorePage(visit);
  }

  private static GroupBy dimension(String name) {
    return GroupBy.named(name)
        .filter(each -> !each.isTime())
        .orElseThrow(() ->
            new IllegalArgumentException("by: '" + name + "' is no dimension to split along"));
  }

  /** As asked for, or as fine as the time bears. */
  private static Step step(Visit visit, Selection selection) {
    Optional<String> asked = visit.fields().text("step");
    if (asked.isPresent()) {
      return Stream.of(Step.values())
          .filter(each -> each.label().equals(asked.get()))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "step must be hour, day or month, not '" + asked.get() + "'"));
    }
    Period covered = visit.ledger().with(LedgerQuery::period);
    Optional<Instant> from = selection.period().from().or(covered::from);
    Optional<Instant> to = selection.period().to().or(covered::to);
    return from.isPresent() && to.isPresent() ? Step.fitting(from.get(), to.get()) : Step.HOUR;
  }

  private Curves.Curve curve(String name, Selection of) {
    return Curves.curve(name, measure, step, visit.ledger().ask(of.by(step.by())).lines().stream());
  }

  private Curves twoCurves(Selection other) {
    return Curves.aligned(measure, step, List.of(curve("A", first), curve("B", other)));
  }

  private Curves oneCurve() {
    return Curves.of(measure, step, List.of(curve("All", first)));
  }

  /**
   * @param parts the largest first
   */
  private Curves curvesOf(GroupBy dimension, List<QueryLine> parts) {
    List<String> largest =
        parts.stream().limit(MOST_CURVES).map(line -> line.keys().get(0)).toList();
    List<QueryLine> lines =
        visit
            .ledger()
            .ask(first.by(step.by(), dimension).among(dimension, Set.copyOf(largest)))
            .lines();
    List<Curves.Curve> found = new ArrayList<>();
    largest.forEach(key ->
        found.add(
            Curves.curve(
                key.isEmpty() ? "not stated" : key,
                measure,
                step,
                lines.stream().filter(line -> line.keys().get(1).equals(key)))));
    return Curves.of(measure, step, found);
  }

  private Optional<LedgerLines.Section> section(GroupBy by, List<QueryLine> lines) {
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            LedgerLines.section(by, lines, total, first.traceLink(), key -> traceLink(by, key)));
  }

  private String traceLink(GroupBy by, String key) {
    if (!by.isTime()) {
      return Selection.FILTERS.contains(by) ? first.with(by, key).traceLink() : "";
    }
    return key.isEmpty()
        ? ""
        : new Selection(step.period(step.start(key)), first.only()).traceLink();
  }

  @Override
  public String template() {
    return "explore.jte";
  }

  @Override
  public String title() {
    return "Explore";
  }

  @Override
  public Room room() {
    return Room.EXPLORE;
  }

  @Override
  public String module() {
    return "explore.js";
  }

  @Override
  public List<Charts.Chart> charts() {
    return split.isPresent()
        ? section.flatMap(LedgerLines.Section::chart).stream().toList()
        : List.of();
  }

  @Override
  public boolean isDrawn() {
    return true;
  }

  @Override
  public String data() {
    return ScriptJson.of(json -> {
      json.writeStartObject();
      Charts.write(json, charts());
      curves.write(json, "curves");
      json.writeBooleanProperty("bands", hasBands());
      json.writeEndObject();
    });
  }

  boolean isEmpty() {
    return total.activities() == 0;
  }

  private boolean hasBands() {
    return curves.curves().size() <= MOST_BANDS && !isOneStep();
  }

  /** Points instead of curves. */
  boolean isOneStep() {
    return curves.starts().size() == 1;
  }

  boolean hasCurves() {
    return !curves.isEmpty();
  }

  private String shown() {
    return measure.inWords()
        + " per "
        + step.label()
        + " (UTC)"
        + split
            .filter(by -> second.isEmpty())
            .map(by -> ", the largest by " + LedgerLines.name(by))
            .orElse("");
  }

  String caption() {
    String intervals =
        hasBands()
            ? "bands: 90 % interval"
            : isOneStep() ? "whiskers: 90 % interval" : "point at it for 90 % intervals";
    return shown() + "; " + intervals;
  }

  String alternative() {
    return shown() + ". The table below holds the figures.";
  }

  /** Fields of the first part, or of the second. */
  List<Filter> filters(boolean isSecond) {
    Selection selection = isSecond ? second.orElse(first) : first;
    return Selection.FILTERS.stream()
        .map(by ->
            new Filter(
                by.label() + (isSecond ? OTHER : ""),
                LedgerLines.heading(by),
                selection.field(by),
                choices(by, selection.field(by))))
        .toList();
  }

  private List<String> choices(GroupBy by, String chosen) {
    TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    visit.ledger().ask(Selection.of(visit, Period.ALL).by(by)).lines().stream()
        .limit(MOST_CHOICES)
        .map(line -> line.keys().get(0))
        .map(key -> key.isEmpty() ? Selection.NOT_STATED : key)
        .forEach(names::add);
    if (!chosen.isEmpty()) {
      names.add(chosen);
    }
    return List.copyOf(names);
  }

  /** Dimensions to split along, with what they are called. */
  List<GroupBy> splits() {
    return Stream.of(GroupBy.values()).filter(each -> !each.isTime()).toList();
  }

  String nameOf(GroupBy by) {
    return LedgerLines.heading(by);
  }

  boolean isSplitAlong(GroupBy by) {
    return split.filter(by::equals).isPresent();
  }

  List<Measure> measures() {
    return List.of(Measure.values());
  }

  boolean isShown(Measure each) {
    return each == measure;
  }

  List<Step> steps() {
    return List.of(Step.values());
  }

  boolean isAsked(Step each) {
    return visit.fields().text("step").filter(each.label()::equals).isPresent();
  }

  String from(boolean isSecond) {
    return shortened(isSecond ? second.map(Selection::from).orElse("") : first.from());
  }

  String to(boolean isSecond) {
    return shortened(isSecond ? second.map(Selection::to).orElse("") : first.to());
  }

  /** A moment as somebody would write it. */
  private static String shortened(String moment) {
    return moment.replaceFirst("T00:00:00Z$", "").replaceFirst(":00Z$", "Z");
  }

  boolean isComparing() {
    return second.isPresent();
  }

  String words(boolean isSecond) {
    return (isSecond ? second.orElse(first) : first).inWords();
  }

  Optional<Compared> compared() {
    return second.map(other -> {
      // Asked as the first is: equal selections are to have equal sums, to the last digit.
      QueryLine otherTotal = visit.ledger().ask(other.by(split.orElse(step.by()))).total();
      return compared(total.footprint(), otherTotal.footprint());
    });
  }

  private Compared compared(Footprint a, Footprint b) {
    boolean isComparable = a.factorSet().equals(b.factorSet()) && !a.factorSet().isEmpty();
    String one = Figures.of(measure.impact(), measure.of(a));
    String other = Figures.of(measure.impact(), measure.of(b));
    if (!isComparable) {
      return new Compared(one, other, "", "", "");
    }
    Ranking ranking = new Ranking(List.of(a, b), measure.impact());
    Quantity ratio = ranking.ratio(0, 1);
    Quantity difference = ranking.difference(0, 1);
    Quantity larger =
        difference.median() < 0
            ? new Quantity(-difference.median(), -difference.high(), -difference.low())
            : difference;
    return new Compared(
        one,
        other,
        "A is "
            + Figures.rounded(ratio.median())
            + " times B ("
            + Figures.rounded(ratio.low())
            + " to "
            + Figures.rounded(ratio.high())
            + ").",
        "A is "
            + Figures.of(measure.impact(), larger)
            + (difference.median() < 0 ? " less than B." : " more than B."),
        "That A is less than B has "
            + Probability.inWords(ranking.probabilityOfLess(0, 1))
            + ": errors that the two share tell neither from the other.");
  }

  String tiles() {
    return PageParts.tiles(total.footprint());
  }

  String activities() {
    return Figures.count(total.activities());
  }

  String traceLink() {
    return first.traceLink();
  }

  Optional<LedgerLines.Section> table() {
    return section;
  }

  /** Where the same is a file. */
  String csvLink() {
    Fields.Link link = first.on(Fields.link("/explore.csv")).with("step", step.label());
    split.ifPresent(by -> link.with("by", by.label()));
    return link.toString();
  }

  /** The same as a file: a row for each step and part. */
  static String csv(Visit visit) {
    Selection selection = Selection.read(visit, "");
    Step step = step(visit, selection);
    Optional<GroupBy> by = visit.fields().text("by").map(ExplorePage::dimension);
    List<QueryLine> lines =
        visit
            .ledger()
            .ask(by.isPresent() ? selection.by(step.by(), by.get()) : selection.by(step.by()))
            .lines();
    return LedgerCsv.of(step, by, lines);
  }
}
