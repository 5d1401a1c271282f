package io.gtrace.ledger.trend;

import io.gtrace.ledger.Excerpt;
import io.gtrace.ledger.trend.RegionalInterest.Region;
import io.gtrace.ledger.trend.TrendFile.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what the columns of a table mean and reads its signals. */
final class TableReader {
  private static final int MOST_SERIES = 200;
  private static final Pattern TIME_NAME =
      Pattern.compile("(?i).*(date|time|day|week|month|hour|when).*");
  private static final Pattern PARTIAL_NAME = Pattern.compile("(?i)is_?partial|partial");

  /** How Google Trends heads a column: the term, and in brackets the place or the dates. */
  private static final Pattern TERM = Pattern.compile("(.*?)\\s?:\\s?\\((.*)\\)");

  private static final List<String> WIKIMEDIA = List.of("project", "timestamp", "views");
  private static final List<String> WIKIMEDIA_LABELS =
      List.of("article", "project", "access", "agent");

  private final String name;
  private final TrendTable table;
  private final ReadingOptions options;
  private final List<String> refused;
  private final List<String> notes = new ArrayList<>();

  TableReader(String name, TrendTable table, ReadingOptions options) {
    this.name = name;
    this.table = table;
    this.options = options;
    refused = new ArrayList<>(table.refused());
  }

  TrendFile read() {
    Optional<String> time = timeColumn();
    if (time.isEmpty()) {
      return regions();
    }
    boolean wikimedia = table.columns().containsAll(WIKIMEDIA);
    List<String> figures = wikimedia ? List.of("views") : figureColumns(time.get());
    if (figures.isEmpty()) {
      throw new TrendFileException(
          name + ": no column beside '" + Excerpt.of(time.get()) + "' holds figures");
    }
    List<String> labels = wikimedia ? WIKIMEDIA_LABELS : labelColumns(time.get(), figures);
    boolean google = !wikimedia && isGoogle(time.get(), figures);
    SignalKind kind = options.kind().orElse(google ? SignalKind.INDEX : SignalKind.COUNT);
    Periods periods = new Periods(name, time.get(), options);
    List<Signal> signals = new ArrayList<>();
    grouped(labels)
        .forEach((label, rows) -> {
          List<Periods.Start> starts = periods.starts(rows, refused);
          for (String figure : figures) {
            String called = wikimedia ? label : called(label, figure);
            series(periods, starts, figure, called, kind).ifPresent(signals::add);
          }
        });
    if (signals.isEmpty()) {
      throw new TrendFileException(
          name + ": none of its " + table.rows().size() + " rows can be used" + first(refused));
    }
    Format format =
        wikimedia
            ? Format.WIKIPEDIA_PAGEVIEWS
            : google ? Format.GOOGLE_TRENDS_TIMELINE : Format.COUNTS;
    return new TrendFile(name, format, signals, List.of(), refused, notes);
  }

  private static String first(List<String> refused) {
    return refused.isEmpty() ? "" : "; the first: " + refused.get(0);
  }

  private Optional<Signal> series(
      Periods periods, List<Periods.Start> starts, String figure, String called, SignalKind kind) {
    Map<Periods.Start, Reading> readings = new LinkedHashMap<>();
    for (Periods.Start start : starts) {
      String cell = start.row().cell(figure);
      if (cell.isEmpty()) {
        continue;
      }
      Optional<Reading> reading = Reading.parse(cell);
      if (reading.isEmpty()) {
        refused.add(
            name
                + ", line "
                + start.row().line()
                + ", "
                + Excerpt.of(figure)
                + ": must be a number from zero to 10^15, not '"
                + Excerpt.of(cell)
                + "'");
      } else {
        readings.put(start, kind == SignalKind.INDEX ? reading.get().asIndex() : reading.get());
      }
    }
    if (readings.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(periods.signal(called, kind, partialColumn(), readings, refused, notes));
  }

  private Optional<String> partialColumn() {
    return table.columns().stream()
        .filter(column -> PARTIAL_NAME.matcher(column).matches())
        .findFirst();
  }

  /** A column that most rows have times in; one that is named like a time before others. */
  private Optional<String> timeColumn() {
    Predicate<String> isTime =
        column -> mostly(column, cell -> PeriodStart.parse(cell).isPresent());
    Optional<String> named =
        table.columns().stream()
            .filter(column -> TIME_NAME.matcher(column).matches())
            .filter(isTime)
            .findFirst();
    return named.isPresent() ? named : table.columns().stream().filter(isTime).findFirst();
  }

  private List<String> figureColumns(String time) {
    return table.columns().stream()
        .filter(column -> !column.equals(time))
        .filter(column -> !PARTIAL_NAME.matcher(column).matches())
        .filter(column -> mostly(column, cell -> Reading.parse(cell).isPresent()))
        .toList();
  }

  private List<String> labelColumns(String time, List<String> figures) {
    return table.columns().stream()
        .filter(column -> !column.equals(time) && !figures.contains(column))
        .filter(column -> !PARTIAL_NAME.matcher(column).matches())
        .filter(column -> table.rows().stream().anyMatch(row -> !row.cell(column).isEmpty()))
        .toList();
  }

  /** Whether more than half of the cells that are there are of a kind. */
  private boolean mostly(String column, Predicate<String> kind) {
    List<String> cells =
        table.rows().stream().map(row -> row.cell(column)).filter(cell -> !cell.isEmpty()).toList();
    return 2 * cells.stream().filter(kind).count() > cells.size();
  }

  /**
   * An export of Google Trends, in whatever language: headed by terms with their place, with values
   * below one or a mark of what is partial, or a table of nothing but whole numbers from 0 to 100
   * whose largest is 100, after a preamble or under a header of Google's.
   */
  private boolean isGoogle(String time, List<String> figures) {
    boolean terms = figures.stream().anyMatch(column -> TERM.matcher(column).matches());
    boolean below =
        table.rows().stream()
            .anyMatch(row -> figures.stream().anyMatch(column -> row.cell(column).startsWith("<")));
    if (terms || below || partialColumn().isPresent()) {
      return true;
    }
    boolean header = table.hasPreamble() || List.of("Time", "Day", "Week", "Month").contains(time);
    return header && reachesExactly100(figures);
  }

  private boolean reachesExactly100(List<String> figures) {
    return table.rows().stream()
            .flatMap(row -> figures.stream().map(row::cell))
            .flatMap(cell -> Reading.parse(cell).stream())
            .mapToDouble(Reading::value)
            .max()
            .orElse(0)
        == 100;
  }

  private Map<String, List<TrendRow>> grouped(List<String> labels) {
    Map<String, List<TrendRow>> groups = new LinkedHashMap<>();
    for (TrendRow row : table.rows()) {
      groups.computeIfAbsent(label(row, labels), any -> new ArrayList<>()).add(row);
    }
    if (groups.size() > MOST_SERIES) {
      throw new TrendFileException(
          name
              + ": the columns "
              + String.join(", ", labels)
              + " part it into "
              + groups.size()
              + " series, more than the "
              + MOST_SERIES
              + " that are read; leave out columns that say nothing of the trend");
    }
    return groups;
  }

  private static String label(TrendRow row, List<String> labels) {
    return String.join(
        " ", labels.stream().map(row::cell).filter(cell -> !cell.isEmpty()).toList());
  }

  private static String called(String label, String figure) {
    Matcher term = TERM.matcher(figure);
    String column = term.matches() ? term.group(1) + " (" + term.group(2) + ")" : figure;
    return label.isEmpty() ? column : label + " " + column;
  }

  private TrendFile regions() {
    boolean terms = table.hasPreamble() || isTerm(table.columns().get(table.columns().size() - 1));
    if (table.columns().size() < 2 || !terms) {
      throw new TrendFileException(
          name + ": no column holds times such as 2025-03-31 or 2025-03-31T14:00Z" + ambiguous());
    }
    String region = table.columns().get(0);
    List<RegionalInterest> regional = new ArrayList<>();
    for (String term : table.columns().subList(1, table.columns().size())) {
      List<Region> found = new ArrayList<>();
      for (TrendRow row : table.rows()) {
        String cell = row.cell(term);
        Optional<Reading> index = Reading.parse(cell).map(Reading::asIndex);
        index.ifPresent(value -> found.add(new Region(row.cell(region), value)));
        if (index.isEmpty() && !cell.isEmpty()) {
          refused.add(
              name + ", line " + row.line() + ": must be 0 to 100, not '" + Excerpt.of(cell) + "'");
        }
      }
      regional.add(new RegionalInterest(called("", term), name, found));
    }
    return new TrendFile(name, Format.GOOGLE_TRENDS_MAP, List.of(), regional, refused, notes);
  }

  private static boolean isTerm(String column) {
    return TERM.matcher(column).matches();
  }

  private String ambiguous() {
    boolean slashes =
        table.rows().stream()
            .flatMap(row -> row.cells().values().stream())
            .anyMatch(cell -> cell.matches("\\d{1,2}/\\d{1,2}/\\d{2,4}.*"));
    return slashes ? "; dates such as 4/5/2025 may be April or May, write 2025-04-05" : "";
  }
}
