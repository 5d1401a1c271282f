package io.gtrace.server.page;

import io.gtrace.footprint.Footprint;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.report.Charts;
import io.gtrace.report.Charts.Bar;
import io.gtrace.report.LineTable;
import io.gtrace.report.Lines;
import io.gtrace.report.PageParts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Lines of an answer as pages show them. */
final class LedgerLines {
  private LedgerLines() {}

  /**
   * One dimension of a page.
   *
   * @param chart its picture; empty where there is nothing to compare
   * @param table as HTML
   */
  record Section(String id, String heading, Optional<Charts.Chart> chart, String table) {}

  /**
   * The lines along one dimension.
   *
   * @param totalLink where it is told how the carbon of all comes about; may be empty
   * @param link the same of the line with a key; called by several threads
   */
  static Section section(
      GroupBy by,
      List<QueryLine> answered,
      QueryLine total,
      String totalLink,
      UnaryOperator<String> link) {
    Line all = line(total);
    List<Line> lines = Lines.folded(answered.stream().map(LedgerLines::line).toList());
    // Found together, intervals take less work than one after the other.
    List<Footprint> footprints = lines.stream().map(Line::footprint).toList();
    Stream.of(Measure.values()).forEach(measure -> measure.of(footprints));
    Line last = lines.get(lines.size() - 1);
    boolean isLastFolded = answered.size() > Lines.SHOWN;
    LineTable table =
        LineTable.of(
            heading(by),
            lines,
            all,
            Map.of(),
            line -> {
              if (line.equals(all)) {
                return totalLink;
              }
              return isLastFolded && line.equals(last) ? "" : link.apply(line.key());
            });
    return new Section(
        by.label(),
        heading(by),
        chart(by, lines),
        PageParts.lines(
            table, "Figures by " + name(by) + ". Below each figure: its 90 % interval."));
  }

  private static Optional<Charts.Chart> chart(GroupBy by, List<Line> lines) {
    if (lines.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        Charts.chart(
            by.label(),
            Charts.Kind.BARS,
            "Carbon by " + name(by) + "; whiskers: 90 % interval",
            lines.stream()
                .map(line ->
                    new Bar(LineTable.named(line), line.footprint().carbonKg(), Optional.empty()))
                .toList()));
  }

  /** A line of an answer as one of an account. */
  static Line line(QueryLine line) {
    return new Line(
        String.join(", ", line.keys()),
        line.activities(),
        line.requests(),
        line.tokens(),
        line.footprint());
  }

  /** Whether a dimension tells anything: more than that it is not known. */
  static boolean isTelling(List<QueryLine> lines) {
    return lines.stream().anyMatch(line -> !line.keys().get(0).isEmpty());
  }

  static String heading(GroupBy by) {
    return switch (by) {
      case TEAM -> "Team";
      case APP -> "Application";
      case MODEL -> "Model";
      case REGION -> "Place";
      case ZONE -> "Grid zone";
      case MODALITY -> "Kind of work";
      case GRID_FACTOR -> "Grid factor";
      case HOUR -> "Hour";
      case DAY -> "Day";
      case MONTH -> "Month";
      case YEAR -> "Year";
    };
  }

  /** Inside a sentence. */
  static String name(GroupBy by) {
    return heading(by).toLowerCase(Locale.ROOT);
  }
}
