package io.gtrace.ledger;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Modality;
import io.gtrace.ledger.store.BatchFiles;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.SealedFile.Content;
import io.gtrace.ratecard.RateCard;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The part of a rate card that prices what is in a ledger, as tables of the embedded database. A
 * ledger keeps it with all draws, so that its figures need neither the factors nor the program that
 * made them to come out the same again.
 */
final class CardStage {
  /** More than any batch has sites or models. */
  private static final long NUMBERS_OF_A_BATCH = 1_000_000;

  /** The files of a card. */
  static final List<CardTable> TABLES =
      List.of(
          new CardTable(Content.CARD_ROWS, "row"),
          new CardTable(Content.CARD_RATES, "rate"),
          new CardTable(Content.CARD_SITES, "site"),
          new CardTable(Content.CARD_HOURS, "hour"));

  private final LedgerDatabase database;
  private final RateCard card;

  /** The files whose rows are in the tables, and nothing else; empty if that is not certain. */
  private Set<Path> loaded = Set.of();

  private int version;

  CardStage(LedgerDatabase database, RateCard card, Ledger.Snapshot ledger) throws SQLException {
    this.database = database;
    this.card = card;
    createTables();
    try {
      load(ledger);
    } catch (SQLException unreadable) {
      throw LedgerException.unreadable(unreadable);
    }
  }

  /** Digest of the factors behind the card. */
  String factorSet() {
    return card.catalogue().factorSet();
  }

  private void createTables() throws SQLException {
    int drivers = Driver.values().length;
    String perUnit =
        EventSchema.BASIC_IMPACTS.stream()
            .map(impact -> EventSchema.column(impact) + " DOUBLE[" + drivers + "]")
            .collect(Collectors.joining(", "));
    for (String place : List.of("", "new_")) {
      database.execute(
          "CREATE TABLE "
              + place
              + "card_row (factor_set VARCHAR, subject VARCHAR, modality VARCHAR, site VARCHAR,"
              + " year INTEGER, model VARCHAR, known BOOLEAN, site_id VARCHAR, site_name VARCHAR,"
              + " zone VARCHAR, zone_name VARCHAR, latitude DOUBLE, longitude DOUBLE,"
              + " variation DOUBLE, rates_no BIGINT, site_no BIGINT, notes VARCHAR[], "
              + perUnit
              + ")");
      database.execute(
          "CREATE TABLE " + place + "card_hour (" + EventSchema.CARD_HOUR_COLUMNS + ")");
    }
    database.execute(
        "CREATE TABLE new_card_rate (rates_no BIGINT, driver VARCHAR, inside_kwh DOUBLE,"
            + " network_kwh DOUBLE, embodied_kg DOUBLE, inside_kwh_draws DOUBLE[],"
            + " network_kwh_draws DOUBLE[], embodied_kg_draws DOUBLE[])");
    database.execute(
        "CREATE TABLE new_card_site (site_no BIGINT, impact VARCHAR, inside DOUBLE, network DOUBLE,"
            + " inside_draws DOUBLE[], network_draws DOUBLE[])");
  }

  /** Another number whenever the tables may say something else than before. */
  int version() {
    return version;
  }

  private void load(Ledger.Snapshot ledger) throws SQLException {
    version++;
    List<Path> rowFiles = paths(ledger, Content.CARD_ROWS);
    loaded = Set.copyOf(rowFiles);
    if (rowFiles.isEmpty()) {
      return;
    }
    database.execute("INSERT INTO card_row " + EventSchema.wholeCardRows(rowFiles, factorSet()));
    List<Path> hourFiles = paths(ledger, Content.CARD_HOURS);
    if (!hourFiles.isEmpty()) {
      database.execute(
          "INSERT INTO card_hour BY NAME "
              + EventSchema.cardHours(hourFiles)
              + " WHERE site_no IN (SELECT site_no FROM card_row)");
    }
  }

  /** Takes over what other writers have added since. */
  void refresh(Ledger.Snapshot ledger) throws SQLException {
    if (!loaded.isEmpty() && loaded.equals(Set.copyOf(paths(ledger, Content.CARD_ROWS)))) {
      return;
    }
    database.execute("TRUNCATE card_row");
    database.execute("TRUNCATE card_hour");
    load(ledger);
  }

  private static List<Path> paths(Ledger.Snapshot ledger, Content content) {
    return ledger.live(content).stream().map(ledger::path).toList();
  }

  /** A kind of file of a card, and the word for it in names. */
  record CardTable(Content content, String word) {
    String added() {
      return "new_card_" + word;
    }
  }

  /** What a row of a card is of. */
  record Key(String subject, Modality modality, String site, int year) {}

  /**
   * Adds the rows that price cells and are not there yet.
   *
   * @param cells a table that has the columns of cells
   */
  void complete(String cells, int batch) throws SQLException {
    for (CardTable table : TABLES) {
      database.execute("TRUNCATE " + table.added());
    }
    List<Key> missing = missing(cells);
    if (missing.isEmpty()) {
      return;
    }
    // The batch that they are added for may come to nothing.
    loaded = Set.of();
    version++;
    try (NewCardRows rows = new NewCardRows(database, card, batch * NUMBERS_OF_A_BATCH)) {
      for (Key key : missing) {
        rows.add(key);
      }
    }
    database.execute("INSERT INTO card_row SELECT * FROM new_card_row");
    database.execute("INSERT INTO card_hour SELECT * FROM new_card_hour");
  }

  private List<Key> missing(String table) throws SQLException {
    List<Key> missing = new ArrayList<>();
    try (Statement statement = database.connection().createStatement();
        ResultSet keys =
            statement.executeQuery(
                "SELECT * FROM (SELECT DISTINCT CASE WHEN "
                    + EventSchema.GOES_BY_HARDWARE
                    + " THEN accelerator ELSE model END AS subject, modality, site, coalesce(year(hour), 0) AS year"
                    + " FROM "
                    + table
                    + ") ANTI JOIN card_row USING (subject, modality, site, year)"
                    + " ORDER BY ALL")) {
      while (keys.next()) {
        Modality modality =
            Modality.parse(keys.getString(2))
                .orElseThrow(() -> new IllegalStateException("an event without modality"));
        missing.add(new Key(keys.getString(1), modality, keys.getString(3), keys.getInt(4)));
      }
    }
    return missing;
  }

  /** Writes what was added by {@link #complete} into the next batch. */
  void write(BatchFiles writer) throws SQLException {
    try (FileTasks files = new FileTasks(database, writer)) {
      startFiles(writer, files);
      files.finish().forEach(writer::add);
    }
  }

  /** Starts to write what was added by {@link #complete}. */
  void startFiles(BatchFiles writer, FileTasks files) throws SQLException {
    for (CardTable table : TABLES) {
      long rows = database.number("SELECT count(*) FROM " + table.added());
      if (rows > 0) {
        Path file = writer.fileFor(table.content(), table.word());
        files.start(
            table.content(),
            file,
            connection -> {
              connection.execute(
                  "COPY "
                      + table.added()
                      + " TO "
                      + LedgerDatabase.text(file.toString())
                      + " (FORMAT parquet, COMPRESSION zstd)");
              return new FileTasks.Written(
                  rows, drawSums(connection, table.content(), table.added()));
            });
      }
    }
  }

  /** The sums of draws that seals state of a table of a card. */
  static Map<String, Double> drawSums(LedgerDatabase connection, Content content, String table)
      throws SQLException {
    List<String> drawn = EventSchema.drawn(content);
    Map<String, Map<String, Double>> sums = new HashMap<>();
    if (!drawn.isEmpty()) {
      SealedSums.collect(
          connection,
          "SELECT 'all', "
              + drawn.stream().map(EventSchema::sumOfDraws).collect(Collectors.joining(", "))
              + " FROM "
              + table,
          drawn,
          sums);
    }
    return sums.getOrDefault("all", Map.of());
  }
}
