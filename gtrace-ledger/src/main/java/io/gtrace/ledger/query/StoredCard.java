package io.gtrace.ledger.query;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ratecard.Drawn;
import io.gtrace.ratecard.DrawnRates;
import io.gtrace.ratecard.DrawnRow;
import io.gtrace.ratecard.DrawnSite;
import io.gtrace.ratecard.HourRatios;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The drawn numbers of a ledger's cards, read when they are asked for. */
final class StoredCard {
  private final Source source;
  private final List<Path> rateFiles;
  private final List<Path> siteFiles;
  private final DrawnCard known;

  /** Gives the database, where the table {@code card_row} is; asked for when it is needed. */
  @FunctionalInterface
  interface Source {
    LedgerDatabase database() throws SQLException;
  }

  /**
   * @param known what was read of the cards of the ledger, to be added to
   */
  StoredCard(Source source, List<Path> rateFiles, List<Path> siteFiles, DrawnCard known) {
    this.source = source;
    this.known = known;
    this.rateFiles = rateFiles;
    this.siteFiles = siteFiles;
  }

  /** Reads what is not known yet of these. */
  void load(Set<Long> ratesNos, Set<Long> siteNos) throws SQLException {
    loadFactorSets(ratesNos);
    loadRates(missing(ratesNos, known.rates.keySet()));
    loadSites(missing(siteNos, known.sites.keySet()));
  }

  private void loadFactorSets(Set<Long> ratesNos) throws SQLException {
    if (known.factorSets.keySet().containsAll(ratesNos)) {
      return;
    }
    try (Statement statement = source.database().connection().createStatement();
        ResultSet row =
            statement.executeQuery("SELECT DISTINCT rates_no, factor_set FROM card_row")) {
      while (row.next()) {
        known.factorSets.put(row.getLong(1), row.getString(2));
      }
    }
  }

  /** Digest of the factors behind rates; they must have been loaded. */
  String factorSet(long ratesNo) {
    return known(known.factorSets, ratesNo);
  }

  private static String missing(Set<Long> wanted, Collection<Long> known) {
    return wanted.stream()
        .filter(number -> !known.contains(number))
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private void loadRates(String numbers) throws SQLException {
    if (numbers.isEmpty()) {
      return;
    }
    Map<Long, Map<Driver, DrawnRates.Rate>> read = new HashMap<>();
    try (Statement statement = source.database().connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT rates_no, driver, inside_kwh, network_kwh, embodied_kg, inside_kwh_draws,"
                    + " network_kwh_draws, embodied_kg_draws FROM "
                    + LedgerDatabase.parquet(rateFiles)
                    + " WHERE rates_no IN ("
                    + numbers
                    + ")")) {
      while (row.next()) {
        read.computeIfAbsent(row.getLong(1), number -> new EnumMap<>(Driver.class))
            .put(
                Driver.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                new DrawnRates.Rate(drawn(row, 3, 6), drawn(row, 4, 7), drawn(row, 5, 8)));
      }
    }
    read.forEach((number, byDriver) -> known.rates.put(number, new DrawnRates(byDriver)));
  }

  private void loadSites(String numbers) throws SQLException {
    if (numbers.isEmpty()) {
      return;
    }
    Map<Long, Map<Impact, DrawnSite.PerKwh>> read = new HashMap<>();
    try (Statement statement = source.database().connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT site_no, impact, inside, network, inside_draws, network_draws FROM "
                    + LedgerDatabase.parquet(siteFiles)
                    + " WHERE site_no IN ("
                    + numbers
                    + ")")) {
      while (row.next()) {
        read.computeIfAbsent(row.getLong(1), number -> new EnumMap<>(Impact.class))
            .put(
                Impact.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                new DrawnSite.PerKwh(drawn(row, 3, 5), drawn(row, 4, 6)));
      }
    }
    // Hours first: whoever knows a site counts on them.
    loadHours(numbers);
    read.forEach((number, perKwh) -> known.sites.put(number, new DrawnSite(perKwh)));
  }

  /** Reads what is not known yet of these. */
  void loadSites(Set<Long> siteNos) throws SQLException {
    loadSites(missing(siteNos, known.sites.keySet()));
  }

  /**
   * The hours of a site over its year, slot by slot; none where only the year is known. The site
   * must have been loaded.
   */
  List<HourRatios> hours(long siteNo) {
    return known.hours.getOrDefault(siteNo, List.of());
  }

  /** One of the hours of a site; that of the whole year where it is not among them. */
  static HourRatios ofSlot(List<HourRatios> hours, int slot) {
    return slot < 0 || slot >= hours.size() ? HourRatios.OF_YEAR : hours.get(slot);
  }

  private void loadHours(String siteNos) throws SQLException {
    Map<Long, List<HourRatios>> hours = new HashMap<>();
    try (Statement statement = source.database().connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT site_no, coalesce(ratio, 1), coalesce(market_ratio, 1) FROM card_hour"
                    + " WHERE site_no IN ("
                    + siteNos
                    + ") ORDER BY site_no, slot")) {
      while (row.next()) {
        hours
            .computeIfAbsent(row.getLong(1), site -> new ArrayList<>())
            .add(new HourRatios(row.getDouble(2), row.getDouble(3)));
      }
    }
    known.hours.putAll(hours);
  }

  private static Drawn drawn(ResultSet row, int median, int draws) throws SQLException {
    Array array = row.getArray(draws);
    Object[] boxed = (Object[]) array.getArray();
    double[] values = new double[boxed.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = ((Number) boxed[k]).doubleValue();
    }
    return new Drawn(row.getDouble(median), values);
  }

  /** The row for the whole year that these make, all of which must have been loaded. */
  DrawnRow row(CardNumbers numbers) {
    return known.rows.computeIfAbsent(
        numbers,
        unknown ->
            new DrawnRow(
                factorSet(numbers.rates()),
                known(known.rates, numbers.rates()),
                known(known.sites, numbers.site()),
                HourRatios.OF_YEAR,
                numbers.variation()));
  }

  private static <T> T known(Map<Long, T> all, long number) {
    T found = all.get(number);
    if (found == null) {
      throw new IllegalStateException("the card of the ledger lacks number " + number);
    }
    return found;
  }

  /** Joint draws of each number; 0 if nothing is loaded. */
  int drawCount() {
    return known.sites.values().stream()
        .flatMap(site -> site.perKwh().values().stream())
        .mapToInt(perKwh -> perKwh.inside().draws().length)
        .findFirst()
        .orElse(0);
  }
}
