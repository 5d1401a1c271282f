package io.gtrace.ledger.store;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.store.SealedFile.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks a ledger against its seals: the chain, every file, and every sealed sum, computed anew
 * from the events and the card that priced them.
 */
public final class Verification {
  /**
   * Sums of the same numbers in another order differ by less, relative to the sum of their
   * magnitudes: what takes back and what books anew cancel, and leave few digits.
   */
  private static final double TOLERANCE = 1e-9;

  /** Ends the name of a sum of magnitudes. */
  private static final String MAGNITUDES = "_magnitudes";

  private static final int MOST_TRIES = 5;

  /** The database keeps the heads of so many files at a time. */
  private static final int FILES_AT_A_TIME = 64;

  private final Ledger ledger;
  private final Progress progress;
  private Optional<Head> checked = Optional.empty();
  private final List<String> findings = new ArrayList<>();
  private final Set<String> digests = new HashSet<>();
  private final Set<String> userKeys = new HashSet<>();

  private Verification(Ledger ledger, Progress progress) {
    this.ledger = ledger;
    this.progress = progress;
  }

  /** Told how far the checking has come. */
  @FunctionalInterface
  public interface Progress {
    void checked(int files, int of);
  }

  /**
   * What was found.
   *
   * @param head the newest batch
   * @param files that were checked
   * @param events that they hold
   * @param findings what is wrong, in plain words; empty if the ledger is as it was sealed
   */
  public record Result(Head head, int files, long events, List<String> findings) {
    public Result {
      findings = List.copyOf(findings);
    }

    public boolean isIntact() {
      return findings.isEmpty();
    }
  }

  /**
   * Checks a whole ledger. Damage is a finding, not an exception.
   *
   * @param expected digest of a seal that the ledger once had, kept elsewhere; empty for none
   */
  public static Result of(Ledger ledger, String expected, Progress progress) {
    Verification verification = new Verification(ledger, progress);
    Result result = verification.result();
    for (int tries = 1; tries < MOST_TRIES && verification.isOutdated(); tries++) {
      // What seems to be missing may have been forgotten meanwhile.
      verification = new Verification(ledger, progress);
      result = verification.result();
    }
    if (expected.isEmpty() || verification.digests.contains(expected)) {
      return result;
    }
    List<String> findings = new ArrayList<>(result.findings());
    findings.add("no batch has the seal " + expected + ": batches were dropped or rewritten");
    return new Result(result.head(), result.files(), result.events(), findings);
  }

  private Result result() {
    Head head;
    Ledger.Snapshot snapshot;
    try {
      head = ledger.head();
      checked = Optional.of(head);
      snapshot = new Ledger.Snapshot(ledger, checkChain(head));
      List<SealedFile> whole = checkFiles(snapshot);
      checkSums(snapshot, whole);
    } catch (LedgerException damaged) {
      findings.add(String.valueOf(damaged.getMessage()));
      return new Result(Head.EMPTY, 0, 0, findings);
    }
    if (ledger.hasSealsAfter(head)) {
      findings.add("there are seals of later batches than HEAD names: batches were dropped");
    }
    checkUnsealed(snapshot);
    checkUserKey();
    return new Result(head, snapshot.live().size(), snapshot.events(), findings);
  }

  /** What no seal names was put there, or has lost its seal. */
  private void checkUnsealed(Ledger.Snapshot snapshot) {
    Set<Path> sealed = new HashSet<>();
    snapshot.live().values().forEach(file -> sealed.add(snapshot.path(file)));
    for (int number = 1; number <= snapshot.head().batch(); number++) {
      sealed.add(ledger.files().seal(number));
    }
    // Readers who opened the ledger before they were merged may need them still.
    snapshot.retired().forEach(path -> sealed.add(ledger.files().named(path)));
    try {
      UnsealedFiles unsealed =
          UnsealedFiles.of(
              ledger.files(), snapshot.head().batch(), sealed, Set.of(), snapshot::removed);
      unsealed
          .foreign()
          .forEach(file ->
              findings.add(
                  ledger.files().name(file)
                      + " is named by no seal: it was put there, or the seal of its batch is lost;"
                      + " the next writer moves it to aside/"));
      unsealed.removed().stream()
          .filter(file -> Files.exists(file) && !WriterLock.isHeld(ledger.files().lock()))
          .forEach(file ->
              findings.add(
                  ledger.files().name(file)
                      + " was taken out of the ledger and is there still; the next writer deletes"
                      + " it"));
    } catch (IOException unreadable) {
      findings.add("the folder cannot be read: " + unreadable.getMessage());
    }
  }

  /** Whether something was found, and the ledger is another one by now. */
  private boolean isOutdated() {
    try {
      return !findings.isEmpty() && checked.filter(head -> !ledger.head().equals(head)).isPresent();
    } catch (LedgerException damaged) {
      return false;
    }
  }

  private void checkUserKey() {
    Path key = ledger.files().userKey();
    if (userKeys.isEmpty()) {
      return;
    }
    String without =
        ": users of events that are added can no longer be told to be those of events that are"
            + " there";
    try {
      String digest = Digest.of(key);
      if (!userKeys.stream().allMatch(sealed -> sealed.isEmpty() || sealed.equals(digest))) {
        findings.add("user.key is not the one that batches were sealed with" + without);
      }
    } catch (NoSuchFileException missing) {
      findings.add("user.key is missing" + without);
    } catch (IOException unreadable) {
      findings.add("user.key cannot be read: " + unreadable.getMessage());
    }
  }

  /** What follows from all seals, whether their chain holds or not. */
  private LedgerState checkChain(Head head) {
    Map<Integer, LedgerState> kept = checkpoints(head);
    LedgerState.Fold fold = new LedgerState.Fold(LedgerState.EMPTY);
    SealArchive seals = new SealArchive(ledger.files());
    String before = "";
    for (int number = 1; number <= head.batch(); number++) {
      byte[] json = Ledger.sealBytes(seals, number);
      Seal seal = LedgerFiles.readSeal(ledger.files().seal(number), json);
      if (!seal.previous().equals(before)) {
        findings.add(
            number == 1
                ? "the first seal names one before it: batches were dropped"
                : wasChanged(number - 1, "batch " + number));
      }
      if (seal.number() != number) {
        findings.add("the seal of batch " + number + " is that of batch " + seal.number());
      }
      if (seal.kind() == Seal.Kind.COMPACT) {
        checkMerged(fold.state(), seal);
      }
      before = Digest.of(json);
      digests.add(before);
      userKeys.add(seal.userKey());
      fold.add(seal, before);
      LedgerState stated = kept.get(number);
      if (stated != null && !stated.equals(fold.state())) {
        findings.add(
            "cache/"
                + ledger.files().checkpoint(stated.head()).getFileName()
                + " does not follow from the seals: delete it");
      }
    }
    if (!before.equals(head.seal())) {
      findings.add(wasChanged(head.batch(), "HEAD"));
    }
    return fold.state();
  }

  private static String wasChanged(int batch, String stating) {
    return "the seal of batch "
        + batch
        + " was changed: its digest is not the one that "
        + stating
        + " states";
  }

  /** What is kept of seals that were read before, by the last of their batches. */
  private Map<Integer, LedgerState> checkpoints(Head head) {
    Checkpoint checkpoint = new Checkpoint(ledger.files());
    Map<Integer, LedgerState> kept = new HashMap<>();
    for (Path file : checkpoint.all()) {
      checkpoint
          .read(file)
          .filter(state -> state.head().batch() <= head.batch())
          .ifPresent(state -> kept.put(state.head().batch(), state));
    }
    return kept;
  }

  /** What merged files sum to is what the files that they stand for summed to. */
  private void checkMerged(LedgerState before, Seal seal) {
    Map<String, SealedFile> live = new HashMap<>();
    before.files().forEach(file -> live.put(file.path(), file));
    List<SealedFile> replaced =
        seal.removed().stream().flatMap(path -> Stream.ofNullable(live.get(path))).toList();
    for (Content content : EnumSet.complementOf(EnumSet.of(Content.SEALS))) {
      MergedSums.difference(ofContent(replaced, content), ofContent(seal.files(), content))
          .ifPresent(difference ->
              findings.add(
                  "batch "
                      + seal.number()
                      + " does not say the same as what it merged: "
                      + difference));
    }
  }

  private List<SealedFile> checkFiles(Ledger.Snapshot snapshot) {
    List<SealedFile> whole = new ArrayList<>();
    List<SealedFile> live = List.copyOf(snapshot.live().values());
    for (SealedFile file : live) {
      Optional<String> fault = fault(snapshot.path(file), file);
      if (fault.isPresent()) {
        findings.add(file.path() + " " + fault.get());
      } else {
        whole.add(file);
      }
      progress.checked(whole.size(), live.size());
    }
    return whole;
  }

  private static Optional<String> fault(Path path, SealedFile file) {
    try {
      if (!Files.exists(path)) {
        return Optional.of("is missing");
      }
      if (Files.size(path) != file.bytes()) {
        return Optional.of(
            "was changed: it has " + Files.size(path) + " bytes, not " + file.bytes());
      }
      return Digest.of(path).equals(file.sha256())
          ? Optional.empty()
          : Optional.of("was changed: its digest is not the sealed one");
    } catch (IOException unreadable) {
      return Optional.of("cannot be read: " + unreadable.getMessage());
    }
  }

  private void checkSums(Ledger.Snapshot snapshot, List<SealedFile> whole) {
    List<SealedFile> events = ofContent(whole, Content.EVENTS);
    List<SealedFile> cards = ofContent(whole, Content.CARD_ROWS);
    if (events.isEmpty() || cards.isEmpty()) {
      return;
    }
    try (LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
      database.execute("CREATE TABLE batch (number INTEGER, factor_set VARCHAR)");
      for (Run run : snapshot.runs()) {
        database.execute(
            "INSERT INTO batch VALUES ("
                + run.batch()
                + ", "
                + LedgerDatabase.text(run.factorSet())
                + ")");
      }
      database.execute("CREATE TABLE card_row AS " + EventSchema.cardRows(paths(snapshot, cards)));
      database.execute(
          "CREATE TABLE card_hour AS "
              + EventSchema.cardHours(paths(snapshot, ofContent(whole, Content.CARD_HOURS))));
      database.execute("CREATE TABLE unit_card AS " + EventSchema.unitCard(EventSchema.DRIVERS));
      checkRates(database, snapshot, whole);
      for (SealedFile file : whole) {
        List<String> drawn = EventSchema.drawn(file.content());
        if (!drawn.isEmpty()) {
          compare(file, drawSums(database, snapshot.path(file), drawn));
        }
      }
      Map<Path, Map<String, Double>> ofEvents = eventSums(database, paths(snapshot, events));
      for (SealedFile file : events) {
        compare(file, ofEvents.getOrDefault(snapshot.path(file), Map.of()));
      }
      for (SealedFile file : whole) {
        if (file.content() == Content.ROLLUP || file.content() == Content.REPRICED_ROLLUP) {
          compare(file, rollupSums(database, snapshot.path(file)));
        }
      }
    } catch (SQLException unreadable) {
      findings.add("the sums cannot be computed anew: " + LedgerDatabase.reason(unreadable));
    }
  }

  /** What prices medians and what draws intervals must be the same card. */
  private void checkRates(LedgerDatabase database, Ledger.Snapshot snapshot, List<SealedFile> whole)
      throws SQLException {
    List<SealedFile> rates = ofContent(whole, Content.CARD_RATES);
    List<SealedFile> sites = ofContent(whole, Content.CARD_SITES);
    if (rates.isEmpty() || sites.isEmpty()) {
      return;
    }
    String drivers =
        Arrays.stream(Driver.values())
            .map(driver -> LedgerDatabase.text(driver.label()))
            .collect(Collectors.joining(", ", "[", "]"));
    for (Impact impact : EventSchema.BASIC_IMPACTS) {
      String column = EventSchema.column(impact);
      String perUnit =
          impact == Impact.EMBODIED_KG
              ? "rate.embodied_kg"
              : "rate.inside_kwh * site.inside + rate.network_kwh * site.network";
      String joinSite =
          impact == Impact.EMBODIED_KG
              ? ""
              : " JOIN "
                  + LedgerDatabase.parquet(paths(snapshot, sites))
                  + " site ON site.site_no = card.site_no AND site.impact = "
                  + LedgerDatabase.text(column);
      long differing =
          database.number(
              "SELECT count(*) FROM (SELECT card."
                  + column
                  + "[list_position("
                  + drivers
                  + ", rate.driver)] AS one, "
                  + perUnit
                  + " AS other FROM card_row card JOIN "
                  + LedgerDatabase.parquet(paths(snapshot, rates))
                  + " rate ON rate.rates_no = card.rates_no"
                  + joinSite
                  + ") WHERE NOT (abs(one - other) <= "
                  + TOLERANCE
                  + " * abs(other) OR isnan(one) AND isnan(other))");
      if (differing > 0) {
        findings.add(
            "the cards do not belong together: "
                + column
                + " of "
                + differing
                + " rates is not what their rows price by");
      }
    }
  }

  private static List<Path> paths(Ledger.Snapshot snapshot, List<SealedFile> files) {
    return files.stream().map(snapshot::path).toList();
  }

  private static List<SealedFile> ofContent(List<SealedFile> files, Content content) {
    return files.stream().filter(file -> file.content() == content).toList();
  }

  /**
   * The sums of the events of each file. The question is a long one, which the database takes
   * longer to understand than to answer from the events of a day: it is put of many files at a
   * time.
   */
  private static Map<Path, Map<String, Double>> eventSums(LedgerDatabase database, List<Path> files)
      throws SQLException {
    Map<Path, Map<String, Double>> sums = new HashMap<>();
    for (int from = 0; from < files.size(); from += FILES_AT_A_TIME) {
      List<Path> some = files.subList(from, Math.min(files.size(), from + FILES_AT_A_TIME));
      for (Map.Entry<Set<Driver>, List<Path>> alike : byDrivers(database, some).entrySet()) {
        sums.putAll(eventSums(database, alike.getValue(), alike.getKey()));
      }
    }
    return sums;
  }

  /** Files by the drivers of which their events may have a volume: most hold tokens alone. */
  private static Map<Set<Driver>, List<Path>> byDrivers(LedgerDatabase database, List<Path> files)
      throws SQLException {
    Map<Path, Set<Driver>> drivers = new LinkedHashMap<>();
    files.forEach(file -> drivers.put(file, EnumSet.copyOf(EventSchema.TOKEN_DRIVERS)));
    try (Statement statement = database.connection().createStatement();
        ResultSet column =
            statement.executeQuery(
                "SELECT DISTINCT file_name, name FROM parquet_schema("
                    + LedgerDatabase.list(files)
                    + ")")) {
      while (column.next()) {
        Set<Driver> ofFile = drivers.get(Path.of(column.getString(1)));
        String name = column.getString(2);
        if (ofFile != null) {
          EventSchema.STORED_DRIVERS.stream()
              .filter(driver -> driver.label().equals(name))
              .forEach(ofFile::add);
        }
      }
    }
    return drivers.keySet().stream().collect(Collectors.groupingBy(drivers::get));
  }

  private static Map<Path, Map<String, Double>> eventSums(
      LedgerDatabase database, List<Path> files, Set<Driver> drivers) throws SQLException {
    String counts =
        EventSchema.SUMMED.stream()
            .map(name -> ", " + summed(name, name))
            .collect(Collectors.joining());
    String medians =
        EventSchema.BASIC_IMPACTS.stream()
            .map(impact ->
                ", "
                    + summed(
                        EventSchema.median(impact, drivers, EventSchema::volumeName),
                        EventSchema.column(impact)))
            .collect(Collectors.joining());
    Map<Path, Map<String, Double>> sums = new HashMap<>();
    try (Statement statement = database.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT "
                    + EventSchema.FILE
                    + ", count(*)::DOUBLE AS events"
                    + counts
                    + medians
                    + " FROM "
                    + EventSchema.withVolumes(EventSchema.eventsWithFile(files))
                    + " AS event JOIN batch ON batch.number = event.batch"
                    + EventSchema.joinCard("event", "at", "batch.factor_set")
                    + EventSchema.joinHour("event.\"at\"")
                    + " GROUP BY 1")) {
      // Of a file whose events no card prices there is no row.
      Map<String, Double> ofNothing = new HashMap<>();
      for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
        ofNothing.put(row.getMetaData().getColumnName(i), 0.0);
      }
      files.forEach(file -> sums.put(file, ofNothing));
      while (row.next()) {
        sums.put(Path.of(row.getString(1)), sums(row, 2));
      }
    }
    return sums;
  }

  private static Map<String, Double> drawSums(
      LedgerDatabase database, Path file, List<String> drawn) throws SQLException {
    return sums(
        database,
        "SELECT "
            + drawn.stream().map(EventSchema::sumOfDraws).collect(Collectors.joining(", "))
            + " FROM "
            + LedgerDatabase.parquet(List.of(file)));
  }

  private static Map<String, Double> rollupSums(LedgerDatabase database, Path file)
      throws SQLException {
    return sums(
        database,
        "SELECT sum(activities)::DOUBLE AS activities"
            + EventSchema.BASIC_IMPACTS.stream()
                .map(EventSchema::column)
                .map(name -> ", " + summed(name, name))
                .collect(Collectors.joining())
            + " FROM "
            + LedgerDatabase.parquet(List.of(file)));
  }

  private static String summed(String amount, String name) {
    return "sum("
        + amount
        + ")::DOUBLE AS "
        + name
        + ", sum(abs("
        + amount
        + "))::DOUBLE AS "
        + name
        + MAGNITUDES;
  }

  private static Map<String, Double> sums(LedgerDatabase database, String query)
      throws SQLException {
    try (Statement statement = database.connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return sums(row, 1);
    }
  }

  /** Those of a row by the names of their columns, from one of these on. */
  private static Map<String, Double> sums(ResultSet row, int first) throws SQLException {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (int i = first; i <= row.getMetaData().getColumnCount(); i++) {
      sums.put(row.getMetaData().getColumnName(i), row.getDouble(i));
    }
    return sums;
  }

  private void compare(SealedFile file, Map<String, Double> computed) {
    file.sums()
        .forEach((name, sealed) -> {
          double now = computed.getOrDefault(name, Double.NaN);
          double magnitudes = computed.getOrDefault(name + MAGNITUDES, Math.abs(sealed));
          if (!(Math.abs(now - sealed) <= TOLERANCE * magnitudes)) {
            findings.add(
                file.path() + ": " + name + " sums to " + now + " and was sealed as " + sealed);
          }
        });
  }
}
