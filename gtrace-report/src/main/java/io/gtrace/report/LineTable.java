package io.gtrace.report;

import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Account.Line;
import io.gtrace.ledger.Account.Place;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Lines of an account as a table in words: one unit a column, so that figures can be compared by
 * eye.
 */
record LineTable(
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
  record Row(
      String name,
      String detail,
      Cell carbon,
      Cell share,
      Cell energy,
      Cell water,
      String activities,
      String tokens) {}

  /** A figure and its interval. */
  record Cell(String value, String range) {}

  /** Figures of one column, all in one unit and to one place after the point. */
  private record Column(Impact impact, Unit unit, int places) {
    static Column of(Impact impact, List<Line> lines) {
      double largest = 0;
      for (Line line : lines) {
        largest = Math.max(largest, line.footprint().median(impact));
      }
      Unit unit = Unit.of(impact, largest);
      double figure = largest / unit.size();
      int places = figure >= 100 ? 1 : figure >= 10 ? 2 : 3;
      return new Column(impact, unit, places);
    }

    Cell cell(Footprint footprint) {
      Quantity quantity = footprint.quantity(impact).orElse(Quantity.ZERO);
      return new Cell(
          text(quantity.median()), text(quantity.low()) + " to " + text(quantity.high()));
    }

    private static final double SMALLEST = 1e-6;
    private static final MathContext TWO_DIGITS = new MathContext(2);

    private String text(double value) {
      double figure = value / unit.size();
      if (figure > 0 && figure < SMALLEST) {
        return "<" + new BigDecimal(SMALLEST).round(TWO_DIGITS).toPlainString();
      }
      // The unit is one for the whole column; what is small in it keeps two digits that say
      // something.
      if (figure > 0 && figure < 10 * Math.pow(10, -places)) {
        return new BigDecimal(figure).round(TWO_DIGITS).toPlainString();
      }
      return String.format(Locale.ROOT, "%,." + places + "f", figure);
    }
  }

  /** A row for each line, and the account's total below. */
  static LineTable of(String keyName, List<Line> shown, Account account) {
    Column carbon = Column.of(Impact.CARBON_KG, shown);
    Column energy = Column.of(Impact.ENERGY_KWH, shown);
    Column water = Column.of(Impact.WATER_L, shown);
    Drawn whole = Drawn.of(account.total().footprint(), Impact.CARBON_KG);
    List<Row> rows = new ArrayList<>();
    for (Line line : shown) {
      rows.add(
          row(named(line), detail(line, account.places()), line, carbon, energy, water, whole));
    }
    return new LineTable(
        keyName,
        carbon.unit().symbol(),
        energy.unit().symbol(),
        water.unit().symbol(),
        rows,
        row("All", "", account.total(), carbon, energy, water, whole));
  }

  static String named(Line line) {
    return line.key().isEmpty() ? "not stated" : line.key();
  }

  private static String detail(Line line, Map<String, Place> places) {
    return Optional.ofNullable(places.get(line.key()))
        .map(place -> place.name() + ", grid " + place.zone())
        .orElse("");
  }

  private static Row row(
      String name,
      String detail,
      Line line,
      Column carbon,
      Column energy,
      Column water,
      Drawn whole) {
    Quantity share = Drawn.of(line.footprint(), Impact.CARBON_KG).over(whole).quantity();
    return new Row(
        name,
        detail,
        carbon.cell(line.footprint()),
        new Cell(Figures.percent(share.median()) + " %", shareRange(share)),
        energy.cell(line.footprint()),
        water.cell(line.footprint()),
        Figures.count(line.activities()),
        Figures.count(line.tokens()));
  }

  /** A share that is the same in every draw has no interval worth printing. */
  private static String shareRange(Quantity share) {
    return share.high() - share.low() < 1e-9 ? "" : Figures.shareRange(share);
  }
}
