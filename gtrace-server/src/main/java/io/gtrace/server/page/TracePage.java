package io.gtrace.server.page;

import io.gtrace.activity.Activity;
import io.gtrace.activity.Volumes;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.Work;
import io.gtrace.ledger.query.WorkOfHour;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.VarianceShare;
import io.gtrace.report.Charts;
import io.gtrace.report.Figures;
import io.gtrace.report.PageParts;
import io.gtrace.report.TextTable;
import io.gtrace.report.TextTable.Head;
import io.gtrace.report.TextTable.Row;
import io.gtrace.site.Site;
import io.gtrace.trace.Trace;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How a figure comes about, down to its sources. */
final class TracePage implements View {
  private static final int MOST_TREES = 4;
  private static final int LISTED = 8;
  private static final MathContext DIGITS = new MathContext(4);
  private static final double SMALLEST_PLAIN = 1e-3;
  private static final double LARGEST_PLAIN = 1e7;
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final double LEAST_SHARE = 0.005;

  private final String heading;
  private final Room room;
  private final Footprint footprint;
  private final List<Tree> trees;
  private final List<VarianceShare> shares;
  private final Optional<LedgerLines.Section> parts;
  private final List<String> remarks;

  /** The derivation of one part. */
  record Tree(String name, Trace trace) {}

  private TracePage(
      String heading,
      Room room,
      Footprint footprint,
      List<Tree> trees,
      List<VarianceShare> shares,
      Optional<LedgerLines.Section> parts,
      List<String> remarks) {
    this.heading = heading;
    this.room = room;
    this.footprint = footprint;
    this.trees = List.copyOf(trees);
    this.shares = List.copyOf(shares);
    this.parts = parts;
    this.remarks = List.copyOf(remarks);
  }

  static TracePage of(Visit visit) {
    String of = visit.fields().text("of").orElse("job");
    return switch (of) {
      case "job" -> ofJob(visit);
      case "ledger" -> new LedgerTrace(visit, Selection.read(visit, "")).page();
      default -> throw new IllegalArgumentException("of must be job or ledger, not '" + of + "'");
    };
  }

  private static TracePage ofJob(Visit visit) {
    Job job = Job.read(visit.fields());
    Activity activity = job.at(visit.fields().text("place").orElse(""));
    CardRow row = visit.card().row(activity);
    return new TracePage(
        job.inWords() + ", at " + row.siteName(),
        Room.CALCULATOR,
        visit.card().price(activity),
        List.of(new Tree(row.model() + " at " + row.siteName(), visit.card().explain(activity))),
        visit.card().sensitivity(activity, Impact.CARBON_KG),
        Optional.empty(),
        List.of());
  }

  /** The way from a figure of the ledger to the rows of the card that priced it. */
  private static final class LedgerTrace {
    private final Visit visit;
    private final Selection selection;
    private final QueryLine total;
    private final List<String> remarks = new ArrayList<>();

    LedgerTrace(Visit visit, Selection selection) {
      this.visit = visit;
      this.selection = selection;
      total = visit.ledger().ask(selection.by()).total();
    }

    TracePage page() {
      if (total.activities() == 0) {
        throw new IllegalArgumentException(
            "no activity in the ledger fits: " + selection.inWords());
      }
      Optional<LedgerLines.Section> parts = parts();
      return new TracePage(
          "Ledger: " + selection.inWords(),
          Room.LEDGER,
          total.footprint(),
          parts.isPresent() ? List.of() : trees(),
          List.of(),
          parts,
          remarks);
    }

    /** Along the first dimension that still tells parts from each other. */
    private Optional<LedgerLines.Section> parts() {
      for (GroupBy by : List.of(GroupBy.MODEL, GroupBy.REGION, GroupBy.MODALITY)) {
        List<QueryLine> lines = visit.ledger().ask(selection.by(by)).lines();
        if (lines.size() > 1) {
          return Optional.of(
              LedgerLines.section(
                  by, lines, total, "", key -> selection.with(by, key).traceLink()));
        }
      }
      return Optional.empty();
    }

    private List<Tree> trees() {
      Map<CardRow, Volumes> volumes = volumes();
      String factorSet = visit.card().catalogue().factorSet();
      Set<String> others = new TreeSet<>(List.of(total.footprint().factorSet().split("\\+", -1)));
      others.remove(factorSet);
      if (!others.isEmpty()) {
        remarks.add(
            "The ledger was priced by other factors than those of this server, so its figure above"
                + " differs from the derivation: gtrace ledger reprice prices it anew.");
      }
      List<Tree> trees = new ArrayList<>();
      volumes.forEach((row, volume) -> {
        if (trees.size() < MOST_TREES) {
          trees.add(new Tree(named(row), row.explain(volume)));
        }
      });
      if (volumes.size() > MOST_TREES) {
        remarks.add("Shown: " + MOST_TREES + " of " + volumes.size() + " parts.");
      }
      return trees;
    }

    private static String named(CardRow row) {
      String year = row.year().isPresent() ? " in " + row.year().getAsInt() : "";
      String hour = row.hour().equals("all") ? "" : ", month and hour (UTC) " + row.hour();
      return row.model() + " at " + row.siteName() + year + hour;
    }

    /** What was done at each row of the card. */
    private Map<CardRow, Volumes> volumes() {
      List<GroupBy> dimensions =
          List.of(GroupBy.TEAM, GroupBy.APP, GroupBy.MODEL, GroupBy.REGION, GroupBy.MODALITY)
              .stream()
              .filter(selection.only()::containsKey)
              .toList();
      List<String> wanted =
          dimensions.stream().map(by -> selection.only().getOrDefault(by, "")).toList();
      List<WorkOfHour> work =
          visit.ledger().with(query -> query.workByHour(dimensions, selection.period())).stream()
              .filter(each -> each.keys().equals(wanted))
              .toList();
      boolean byHour = work.stream().mapToInt(WorkOfHour::slot).distinct().count() <= MOST_TREES;
      Map<CardRow, Volumes> volumes = new LinkedHashMap<>();
      work.forEach(each -> volumes.merge(row(each, byHour), each.work().volumes(), Volumes::plus));
      if (!byHour) {
        remarks.add(
            "The derivation takes the mean of the year; the ledger prices every hour by the grid of"
                + " that hour, so that its figure above may differ a little.");
      }
      return volumes;
    }

    private CardRow row(WorkOfHour of, boolean byHour) {
      Work work = of.work();
      Site site = Site.parse(work.site());
      if (byHour && of.slot() != WorkOfHour.NO_TIME && work.year().isPresent()) {
        return visit
            .card()
            .row(
                work.subject(),
                work.modality(),
                site,
                Optional.of(Moments.ofSlot(work.year().getAsInt(), of.slot())));
      }
      return visit.card().rowOfYear(work.subject(), work.modality(), site, work.year());
    }
  }

  @Override
  public String template() {
    return "trace.jte";
  }

  @Override
  public String title() {
    return "How it comes about";
  }

  @Override
  public Room room() {
    return room;
  }

  @Override
  public List<Charts.Chart> charts() {
    return parts.flatMap(LedgerLines.Section::chart).stream().toList();
  }

  String heading() {
    return heading;
  }

  String tiles() {
    return PageParts.tiles(footprint);
  }

  String factorSet() {
    return footprint.factorSet();
  }

  List<Tree> trees() {
    return trees;
  }

  List<String> remarks() {
    return remarks;
  }

  Optional<LedgerLines.Section> parts() {
    return parts;
  }

  boolean hasShares() {
    return !shares.isEmpty();
  }

  /** What makes the interval wide. */
  String shares() {
    return PageParts.table(
        new TextTable(
            "Share of each factor in the variance of carbon, and the interval if it were known",
            List.of(
                Head.words("Factor"),
                Head.number("Share", "%"),
                Head.number("Carbon if it were known", "")),
            shares.stream()
                .filter(each -> each.share() >= LEAST_SHARE)
                .limit(LISTED)
                .map(each ->
                    new Row(
                        each.meaning(),
                        "",
                        List.of(
                            TextTable.plain(String.format(Locale.ROOT, "%.0f", 100 * each.share())),
                            TextTable.plain(Figures.carbon(each.known())))))
                .toList()));
  }

  /** A value of a tree, in four digits. */
  static String value(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    if (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN) {
      return rounded.toPlainString();
    }
    int power = rounded.precision() - rounded.scale() - 1;
    return rounded.scaleByPowerOfTen(-power).toPlainString() + " × 10" + superscript(power);
  }

  private static String superscript(int power) {
    return Integer.toString(power)
        .chars()
        .mapToObj(sign -> sign == '-' ? "⁻" : SUPERSCRIPTS.substring(sign - '0', sign - '0' + 1))
        .collect(Collectors.joining());
  }

  /** The interval of a value; empty where it is exact. */
  static String range(Trace node) {
    return node.low().isPresent() && node.high().isPresent()
        ? value(node.low().getAsDouble()) + " to " + value(node.high().getAsDouble())
        : "";
  }

  static boolean isComputed(Trace node) {
    return !node.formula().isEmpty() && !node.formula().equals("given");
  }
}
