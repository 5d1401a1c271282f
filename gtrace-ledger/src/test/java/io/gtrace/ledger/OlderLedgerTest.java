package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.activity.Driver;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.LedgerWriter;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of a version that knew fewer drivers: the last ones came later. */
class OlderLedgerTest {
  private static final int LATER = 2;

  private static final String TRAINING =
      "request_id,modality,model,accelerator,region,when,metered_kwh,accelerators,hours\n";

  @TempDir private Path folder;
  private LedgerFixture older;
  private QueryLine before;

  @BeforeEach
  void writeOlder() throws IOException, SQLException {
    older = new LedgerFixture(folder.resolve("ledger"));
    older.read(usage("calls.jsonl", LedgerFixture.calls(0, 120)));
    older.read(
        usage(
            "run.csv",
            TRAINING + "run-1,training,our-13b,h100,eu-west-3,2026-03-01T09:30Z,,8,2\n"));
    before = older.total();
    narrow();
  }

  private Path usage(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private void narrow() throws SQLException {
    try (LedgerWriter writer =
            Ledger.open(older.folder()).writer(Duration.ZERO, LedgerFixture.NOW);
        LedgerDatabase database = LedgerDatabase.open(Optional.empty())) {
      Ledger.Snapshot ledger = writer.snapshot();
      List<SealedFile> replaced = new ArrayList<>();
      for (SealedFile file : ledger.live().values()) {
        String table = LedgerDatabase.parquet(List.of(ledger.path(file)));
        switch (file.content()) {
          case ROLLUP ->
              write(
                  writer,
                  database,
                  file,
                  writer.fileInPlaceOf(file),
                  "SELECT * EXCLUDE (" + laterDrivers(Driver::label) + ") FROM " + table);
          case CARD_ROWS ->
              write(
                  writer,
                  database,
                  file,
                  writer.fileFor(file.content(), "row" + replaced.size()),
                  "SELECT * REPLACE (" + narrowArrays() + ") FROM " + table);
          case CARD_RATES ->
              write(
                  writer,
                  database,
                  file,
                  writer.fileFor(file.content(), "rate" + replaced.size()),
                  "SELECT * FROM "
                      + table
                      + " WHERE driver NOT IN ("
                      + laterDrivers(driver -> LedgerDatabase.text(driver.label()))
                      + ")");
          default -> {
            continue;
          }
        }
        replaced.add(file);
      }
      writer.seal(
          new LedgerWriter.About(
              Seal.Kind.REPRICE,
              LedgerFixture.CATALOGUE.factorSet(),
              LedgerIngest.METHOD,
              "older",
              "as an older version wrote it",
              0,
              0,
              Map.of()),
          replaced);
    }
  }

  private static void write(
      LedgerWriter writer, LedgerDatabase database, SealedFile of, Path file, String query)
      throws SQLException {
    database.copy(query, file);
    String table = LedgerDatabase.parquet(List.of(file));
    long rows = database.number("SELECT count(*) FROM " + table);
    Map<String, Double> sums =
        of.content() == Content.CARD_RATES
            ? CardStage.drawSums(database, of.content(), table)
            : of.sums();
    writer.add(writer.lasting(of.content(), file, rows, sums));
  }

  private static String laterDrivers(Function<Driver, String> word) {
    return EventSchema.DRIVERS.stream()
        .skip(EventSchema.DRIVERS.size() - LATER)
        .map(word)
        .collect(Collectors.joining(", "));
  }

  private static String narrowArrays() {
    return EventSchema.BASIC_IMPACTS.stream()
        .map(EventSchema::column)
        .map(name -> name + "[1:" + (EventSchema.DRIVERS.size() - LATER) + "] AS " + name)
        .collect(Collectors.joining(", "));
  }

  private void requireSameTotal() {
    QueryLine now = older.total();
    assertThat(now.activities()).isEqualTo(before.activities());
    before
        .footprint()
        .quantities()
        .forEach((impact, then) -> {
          Quantity quantity = now.footprint().quantity(impact).orElseThrow();
          assertThat(List.of(quantity.low(), quantity.median(), quantity.high()))
              .as(impact.name())
              .usingComparatorForType(
                  (a, b) -> Math.abs(a - b) <= 1e-9 * Math.abs(b) ? 0 : 1, Double.class)
              .containsExactly(then.low(), then.median(), then.high());
        });
  }

  @Test
  void isReadAsItWas() {
    requireSameTotal();
    older.requireIntact();
  }

  @Test
  void takesWhatItsVersionDidNotKnow() throws IOException {
    double energyKwh = before.footprint().median(Impact.ENERGY_KWH);
    older.read(
        usage(
            "metered.csv",
            TRAINING + "run-2,training,our-13b,h100,eu-west-3,2026-03-02T09:30Z,40,,\n"));
    assertThat(older.total().footprint().median(Impact.ENERGY_KWH) - energyKwh)
        .isBetween(40.0, 60.0);
    older.requireIntact();
  }

  @Test
  void canBeMerged() throws IOException {
    older.read(usage("more.jsonl", LedgerFixture.calls(120, 180)));
    before = older.total();
    new LedgerCompaction(LedgerFixture.NOW, "test").compact(older.ledger(), Duration.ZERO);
    requireSameTotal();
    older.requireIntact();
  }

  @Test
  void forgetsUsersAndDays() {
    new LedgerForget(LedgerFixture.NOW, "test")
        .before(older.ledger(), LocalDate.parse("2026-03-02"), Duration.ZERO);
    requireSameTotal();
    new LedgerForget(LedgerFixture.NOW, "test").user(older.ledger(), "u3", Duration.ZERO);
    assertThat(older.total().activities()).isLessThan(before.activities());
    older.requireIntact();
  }

  @Test
  void canBePricedAnew() {
    new LedgerReprice(LedgerFixture.CARD, LedgerFixture.NOW, "test")
        .reprice(older.ledger(), Duration.ZERO);
    requireSameTotal();
    older.requireIntact();
  }
}
