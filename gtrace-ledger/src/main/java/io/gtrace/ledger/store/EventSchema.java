package io.gtrace.ledger.store;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Modality;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.store.SealedFile.Content;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of the tables of a ledger, and the volumes of an event in the words of the database.
 * Columns of events keep what was reported, so that other factors and methods can price it later;
 * volumes that follow from it by the sizes of a model are kept beside it.
 */
public final class EventSchema {
  /** Volumes that follow from tokens by arithmetic, for which there are no columns. */
  public static final Set<Driver> TOKEN_DRIVERS =
      Collections.unmodifiableSet(
          EnumSet.of(
              Driver.REQUESTS,
              Driver.INPUT_TOKENS,
              Driver.CACHED_INPUT_TOKENS,
              Driver.INPUT_TOKEN_PAIRS,
              Driver.OUTPUT_TOKENS,
              Driver.CONTEXT_TOKEN_READS));

  /** The impacts that are not sums of others, in the order of {@link Impact}. */
  public static final List<Impact> BASIC_IMPACTS =
      Arrays.stream(Impact.values())
          .filter(impact -> impact.ordinal() < Impact.CARBON_KG.ordinal())
          .toList();

  /** Those of them that go by the hour. */
  public static final List<Impact> HOURLY_IMPACTS =
      List.of(Impact.OPERATIONAL_LOCATION_BASED_KG, Impact.OPERATIONAL_MARKET_BASED_KG);

  /** All drivers, in their order. */
  public static final List<Driver> DRIVERS = List.of(Driver.values());

  /** How many drivers the version knew that wrote a row of a card: later ones come behind. */
  private static final String KNOWN_DRIVERS = "len(" + column(Impact.ENERGY_KWH) + ")";

  /** Drivers that have a column of their own in a table of events. */
  public static final List<Driver> STORED_DRIVERS =
      Arrays.stream(Driver.values()).filter(driver -> !TOKEN_DRIVERS.contains(driver)).toList();

  /** Amounts of other activities than those of tokens, as they were reported. */
  public static final List<String> REPORTED_AMOUNTS =
      List.of(
          "count",
          "width_px",
          "height_px",
          "steps",
          "input_images",
          "seconds",
          "fps",
          "frames",
          "hours",
          "utilisation",
          "flop",
          "tokens",
          "active_parameters",
          "metered_kwh",
          "modelled_kwh");

  /** Whether an event is priced by its hardware: the column {@code modality} of its table. */
  public static final String GOES_BY_HARDWARE =
      Arrays.stream(Modality.values())
          .filter(Modality::goesByHardware)
          .map(modality -> "'" + modality.label() + "'")
          .collect(Collectors.joining(", ", "modality IN (", ")"));

  /** Columns of texts that many events share. */
  public static final List<Column> KIND_COLUMNS =
      List.of(
          new Column("modality", "VARCHAR"),
          new Column("model", "VARCHAR"),
          new Column("site", "VARCHAR"),
          new Column("team", "VARCHAR"),
          new Column("app", "VARCHAR"),
          new Column("accelerator", "VARCHAR"));

  /** Columns of what each event has for itself, but for its id. */
  public static final List<Column> SINGLE_COLUMNS =
      List.of(
          new Column("at", "TIMESTAMP"),
          new Column("user_hash", "UBIGINT"),
          new Column("requests", "BIGINT"),
          new Column("input_tokens", "BIGINT"),
          new Column("cached_input_tokens", "BIGINT"),
          new Column("output_tokens", "BIGINT"),
          new Column("reasoning_tokens", "BIGINT"));

  /** Columns that every event may fill, but for its id, in their order in files. */
  public static final List<Column> COMMON_COLUMNS =
      Stream.of(
              List.of(SINGLE_COLUMNS.get(0)),
              KIND_COLUMNS.subList(0, KIND_COLUMNS.size() - 1),
              SINGLE_COLUMNS.subList(1, SINGLE_COLUMNS.size()),
              KIND_COLUMNS.subList(KIND_COLUMNS.size() - 1, KIND_COLUMNS.size()))
          .flatMap(List::stream)
          .toList();

  /** Columns that are NULL where an event is priced by its tokens. */
  public static final List<Column> AMOUNT_COLUMNS =
      Stream.concat(
              REPORTED_AMOUNTS.stream().map(name -> new Column("reported_" + name, "DOUBLE")),
              STORED_DRIVERS.stream().map(driver -> new Column(driver.label(), "DOUBLE")))
          .toList();

  /**
   * Each hour over the year at a site: {@code ratio} is that of location-based carbon, {@code
   * market_ratio} that of market-based carbon.
   */
  public static final String CARD_HOUR_COLUMNS =
      "site_no BIGINT, slot INTEGER, ratio DOUBLE, market_ratio DOUBLE";

  /** Counts of events that seals sum. */
  public static final List<String> SUMMED =
      List.of(
          "requests", "input_tokens", "cached_input_tokens", "output_tokens", "reasoning_tokens");

  /** The column of {@link #eventsWithFile}. */
  static final String FILE = "file_of_event";

  /** Whether an event takes back one that was booked before: its amounts are negative. */
  public static final String TAKES_BACK =
      "(requests < 0 OR coalesce(reported_hours < 0 OR reported_flop < 0 OR reported_tokens < 0,"
          + " false))";

  private EventSchema() {}

  /** A column of a table. */
  public record Column(String name, String type) {
    /** As a table definition writes it. */
    public String definition() {
      return '"' + name + "\" " + type;
    }

    /** As a query writes it. */
    public String quoted() {
      return '"' + name + '"';
    }
  }

  /** Columns in a table definition. */
  public static String definitions(List<Column> columns) {
    return columns.stream().map(Column::definition).collect(Collectors.joining(", "));
  }

  /** Columns in a query. */
  public static String names(List<Column> columns) {
    return columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
  }

  /**
   * The volume of one driver of an event, never NULL; of one that takes back another, the negative
   * of the other's.
   */
  public static String volume(Driver driver) {
    String input = "input_tokens::DOUBLE";
    String cached = "cached_input_tokens::DOUBLE";
    String output = "CASE WHEN modality = 'text' THEN output_tokens + reasoning_tokens ELSE 0 END";
    String all = "greatest(abs(requests), 1)";
    return switch (driver) {
      case REQUESTS -> "requests::DOUBLE";
      case INPUT_TOKENS -> input;
      case CACHED_INPUT_TOKENS -> cached;
      case OUTPUT_TOKENS -> "(" + output + ")::DOUBLE";
      case INPUT_TOKEN_PAIRS -> input + " * abs(" + cached + " + " + input + " / 2) / " + all;
      case CONTEXT_TOKEN_READS ->
          "("
              + output
              + ")::DOUBLE * abs("
              + input
              + " + "
              + cached
              + " + ("
              + output
              + ")::DOUBLE / 2) / "
              + all;
      default -> "coalesce(" + driver.label() + ", 0)";
    };
  }

  /**
   * A query in brackets of events with a column for the volume of each driver.
   *
   * @param events a table of events
   */
  public static String withVolumes(String events) {
    return DRIVERS.stream()
        .map(driver -> volume(driver) + " AS " + volumeName(driver))
        .collect(Collectors.joining(", ", "(SELECT *, ", " FROM " + events + ")"));
  }

  /** What {@link #withVolumes} calls the volume of a driver. */
  public static String volumeName(Driver driver) {
    return driver.label() + "_volume";
  }

  /**
   * The median of an impact of an event or cell: volumes times what their units cost, by the hour
   * where it matters.
   *
   * @param drivers those of which there may be a volume
   * @param volume the volume of a driver, as an expression
   */
  public static String median(
      Impact basic, Collection<Driver> drivers, Function<Driver, String> volume) {
    String product = product(basic, drivers, volume);
    return hourRatio(basic).map(ratio -> product + " * " + ratio).orElse(product);
  }

  /**
   * Volumes times what their units cost in the mean of the year.
   *
   * @param drivers those of which there may be a volume
   * @param volume the volume of a driver, as an expression
   */
  public static String product(
      Impact basic, Collection<Driver> drivers, Function<Driver, String> volume) {
    return drivers.stream()
        .map(driver -> volume.apply(driver) + " * card." + unit(basic, driver))
        .collect(Collectors.joining(" + ", "(", ")"));
  }

  private static String unit(Impact basic, Driver driver) {
    return column(basic) + "_of_" + driver.label();
  }

  /**
   * The ratio of an hour to the year, for an impact that goes by the hour; {@link #joinHour} joins
   * the hour.
   */
  public static Optional<String> hourRatio(Impact basic) {
    return switch (basic) {
      case OPERATIONAL_LOCATION_BASED_KG -> Optional.of("coalesce(card_hour.ratio, 1)");
      case OPERATIONAL_MARKET_BASED_KG -> Optional.of("coalesce(card_hour.market_ratio, 1)");
      default -> Optional.empty();
    };
  }

  /** The place of the hour of a moment among those of a year: months, and hours of the day. */
  public static String slot(String moment) {
    return "((month(" + moment + ") - 1) * 24 + hour(" + moment + "))";
  }

  /**
   * A query of what prices by, one number a column, from the table {@code card_row}: arrays would
   * be copied for every event.
   *
   * @param drivers those of which there may be a volume
   */
  public static String unitCard(Collection<Driver> drivers) {
    String units =
        BASIC_IMPACTS.stream()
            .flatMap(impact ->
                drivers.stream()
                    .map(driver ->
                        column(impact)
                            + "["
                            + (driver.ordinal() + 1)
                            + "] AS "
                            + unit(impact, driver)))
            .collect(Collectors.joining(", "));
    return "SELECT card_row.* EXCLUDE ("
        + BASIC_IMPACTS.stream().map(EventSchema::column).collect(Collectors.joining(", "))
        + "), "
        + units
        + " FROM card_row";
  }

  /**
   * Joins the table {@code unit_card}, as {@code card}, to one that has the columns of events, or
   * of cells.
   *
   * @param moment the column that tells the hour
   * @param factorSet the factors to price by: an expression
   */
  public static String joinCard(String table, String moment, String factorSet) {
    return " JOIN unit_card card ON card.factor_set = "
        + factorSet
        + " AND card.subject = CASE WHEN "
        + table
        + "."
        + GOES_BY_HARDWARE
        + " THEN "
        + table
        + ".accelerator ELSE "
        + table
        + ".model END AND card.modality = "
        + table
        + ".modality AND card.site = "
        + table
        + ".site AND card.year = coalesce(year("
        + table
        + "."
        + moment
        + "), 0)";
  }

  /**
   * Joins the table {@code card_hour} to one that {@link #joinCard} has joined the card to; where
   * the hours of a site are not known, or there is no time, nothing.
   *
   * @param moment the column that tells the hour, with its table
   */
  public static String joinHour(String moment) {
    return " LEFT JOIN card_hour ON card_hour.site_no = card.site_no AND card_hour.slot = "
        + slot(moment);
  }

  /**
   * The events in files as a query in brackets. A file leaves out the columns that none of its
   * events fills; here all are there.
   */
  public static String events(Collection<Path> files) {
    return events(files, "*");
  }

  /** The same with a column {@link #FILE} for the name of the file that an event is in. */
  static String eventsWithFile(Collection<Path> files) {
    return events(files, "*, filename AS " + FILE);
  }

  private static String events(Collection<Path> files, String columnsOfFiles) {
    String none =
        Stream.of(
                Stream.of(new Column("id", "UUID")),
                COMMON_COLUMNS.stream(),
                AMOUNT_COLUMNS.stream(),
                Stream.of(new Column("batch", "INTEGER")))
            .flatMap(columns -> columns)
            .map(column -> "NULL::" + column.type() + " AS " + column.quoted())
            .collect(Collectors.joining(", ", "SELECT * FROM (SELECT ", ") WHERE false"));
    return files.isEmpty()
        ? "(" + none + ")"
        : "("
            + none
            + " UNION ALL BY NAME SELECT "
            + columnsOfFiles
            + " FROM "
            + LedgerDatabase.parquetByName(files)
            + ")";
  }

  /**
   * The cells of roll-ups in files as a query in brackets. Of drivers that a version of G-TRACE did
   * not know yet, what it wrote has no volumes.
   */
  public static String rollups(Collection<Path> files) {
    String none =
        DRIVERS.stream()
            .map(driver -> "NULL::DOUBLE AS " + driver.label())
            .collect(Collectors.joining(", "));
    String volumes =
        DRIVERS.stream()
            .map(driver -> "coalesce(" + driver.label() + ", 0) AS " + driver.label())
            .collect(Collectors.joining(", "));
    return "(SELECT * REPLACE ("
        + volumes
        + ") FROM (SELECT * FROM "
        + LedgerDatabase.parquetByName(files)
        + " UNION ALL BY NAME SELECT "
        + none
        + " WHERE false))";
  }

  /**
   * The rows of cards in files as a query; what a unit costs are arrays again, as when written. A
   * row that a version wrote which knew fewer drivers prices nothing by the others, and gives way
   * to one that knows them.
   */
  public static String cardRows(Collection<Path> files) {
    String arrays =
        BASIC_IMPACTS.stream()
            .map(EventSchema::column)
            .map(name ->
                "list_resize("
                    + name
                    + ", "
                    + DRIVERS.size()
                    + ", 0::DOUBLE)::DOUBLE["
                    + DRIVERS.size()
                    + "] AS "
                    + name)
            .collect(Collectors.joining(", "));
    return "SELECT * REPLACE ("
        + arrays
        + ") FROM (SELECT * FROM "
        + LedgerDatabase.parquet(files)
        + " QUALIFY "
        + KNOWN_DRIVERS
        + " = max("
        + KNOWN_DRIVERS
        + ") OVER (PARTITION BY factor_set, subject, modality, site, year))";
  }

  /**
   * The rows of a card in files that know all drivers, as a query.
   *
   * @param factorSet digest of the factors behind the card
   */
  public static String wholeCardRows(Collection<Path> files, String factorSet) {
    return "SELECT * FROM "
        + LedgerDatabase.parquet(files)
        + " WHERE factor_set = "
        + LedgerDatabase.text(factorSet)
        + " AND "
        + KNOWN_DRIVERS
        + " = "
        + DRIVERS.size();
  }

  /**
   * The hours of cards in files as a query; without files there are none. Files that were written
   * before contracts were matched by the hour know the ratio of the grid alone.
   */
  public static String cardHours(Collection<Path> files) {
    String none =
        "SELECT NULL::BIGINT AS site_no, NULL::INTEGER AS slot, NULL::DOUBLE AS ratio,"
            + " NULL::DOUBLE AS market_ratio WHERE false";
    return files.isEmpty()
        ? none
        : "SELECT * FROM ("
            + none
            + " UNION ALL BY NAME SELECT * FROM "
            + LedgerDatabase.parquetByName(files)
            + ")";
  }

  /** The columns of a file of a card that hold joint draws; none of one that has no draws. */
  public static List<String> drawn(Content card) {
    return switch (card) {
      case CARD_RATES -> List.of("inside_kwh_draws", "network_kwh_draws", "embodied_kg_draws");
      case CARD_SITES -> List.of("inside_draws", "network_draws");
      default -> List.of();
    };
  }

  /**
   * A sum of joint draws that also changes where draws change places, under the name of their
   * column; what is not known has none.
   */
  public static String sumOfDraws(String drawn) {
    String weighted = "list_sum(list_transform(" + drawn + ", lambda x, i: x * i))";
    return "sum(" + weighted + ") FILTER (WHERE NOT isnan(" + weighted + "))::DOUBLE AS " + drawn;
  }

  /** The name of an impact in tables, as in {@code energy_kwh}. */
  public static String column(Impact impact) {
    return impact.name().toLowerCase(Locale.ROOT);
  }
}
