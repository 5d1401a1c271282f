package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lines of an account as a table in words: one unit a column, so that figures can be compared by
 * eye.
 */
public record LineTable(
    String keyName,
    String carbonUnit,
    String energyUnit,
    String waterUnit,
    List<Row> rows,
    Row total) {

  /**
   * @param name what the line is about
   * @param detail more about the name; may be empty
   */
  public record Row(
      String name,
      String detail,
      Cell carbon,
      Cell share,
      Cell energy,
      Cell water,
      String activities,
      String tokens) {}

  /**
   * A figure and its interval.
   *
   * @param link to more about it; may be empty
   */
  public record Cell(String value, String range, String link) {
    public Cell(String value, String range) {
      this(value, range, "");
    }

    /** The same, leading somewhere. */
    public Cell linked(String to) {
      return new Cell(value, range, to);
    }
  }

  /** Figures of one column, all in one unit, each with as many digits as everywhere. */
  public record Column(Impact impact, Unit unit) {
    private static final double SMALLEST = 1e-6;

    static Column of(Impact impact, List<Line> lines) {
      return ofAll(impact, lines.stream().map(Line::footprint).toList());
    }

    /** The column of some footprints. */
    public static Column ofAll(Impact impact, List<Footprint> footprints) {
      double largest = 0;
      for (Footprint footprint : footprints) {
        largest = Math.max(largest, footprint.median(impact));
      }
      return new Column(impact, Unit.of(impact, largest));
    }

    /** A footprint in this column. */
    public Cell cell(Footprint footprint) {
      Quantity quantity = footprint.quantity(impact).orElse(Quantity.ZERO);
      return new Cell(
          text(quantity.median()), text(quantity.low()) + " to " + text(quantity.high()));
    }

    private String text(double value) {
      double figure = value / unit.size();
      return figure > 0 && figure < SMALLEST
          ? "<" + Figures.rounded(SMALLEST)
          : Figures.rounded(figure);
    }
  }

  /**
   * A row for each line, and the account's total below.
   *
   * @param details more about some of the names, by name
   */
  static LineTable of(
      String keyName, List<Line> shown, Account account, Map<String, String> details) {
    return of(keyName, shown, account.total(), details, line -> "");
  }

  /**
   * A row for each line, and a total below.
   *
   * @param details more about some of the names, by name
   * @param link where it is told how the carbon of a line comes about; empty if nowhere; called by
   *     several threads
   */
  public static LineTable of(
      String keyName,
      List<Line> shown,
      Line total,
      Map<String, String> details,
      Function<Line, String> link) {
    Column carbon = Column.of(Impact.CARBON_KG, shown);
    Column energy = Column.of(Impact.ENERGY_KWH, shown);
    Column water = Column.of(Impact.WATER_L, shown);
    Drawn whole = Drawn.of(total.footprint(), Impact.CARBON_KG);
    // Nearly all of it are intervals, several for each line.
    List<Row> rows =
        shown.parallelStream()
            .map(line -> {
              String detail = details.getOrDefault(line.key(), "");
              return row(named(line), detail, link.apply(line), line, carbon, energy, water, whole);
            })
            .toList();
    return new LineTable(
        keyName,
        carbon.unit().symbol(),
        energy.unit().symbol(),
        water.unit().symbol(),
        rows,
        row("All", "", link.apply(total), total, carbon, energy, water, whole));
  }

  /** The key of a line, for people. */
  public static String named(Line line) {
    return line.key().isEmpty() ? "not stated" : line.key();
  }

  /** What the places of an account are called, by site. */
  static Map<String, String> placeDetails(Account account) {
    return account.places().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                place -> place.getValue().name() + ", grid " + place.getValue().zone()));
  }

  private static Row row(
      String name,
      String detail,
      String link,
      Line line,
      Column carbon,
      Column energy,
      Column water,
      Drawn whole) {
    Quantity share = Drawn.of(line.footprint(), Impact.CARBON_KG).over(whole).quantity();
    return new Row(
        name,
        detail,
        carbon.cell(line.footprint()).linked(link),
        new Cell(Figures.percent(share.median()) + " %", shareRange(share)),
        energy.cell(line.footprint()),
        water.cell(line.footprint()),
        Figures.count(line.activities()),
        Figures.count(line.tokens()));
  }

  /** A share that is the same in every draw has no interval worth printing. */
  static String shareRange(Quantity share) {
    return share.high() - share.low() < 1e-9 ? "" : Figures.shareRange(share);
  }
}
