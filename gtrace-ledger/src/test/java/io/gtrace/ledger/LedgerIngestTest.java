package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ledger.store.SealedFile;
import io.gtrace.ledger.store.SealedFile.Content;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage read into a real ledger on disk. */
class LedgerIngestTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final RateCard CARD =
      new RateCard(CATALOGUE, Draws.standard(CATALOGUE.correlations()), Fallback.ALLOW);
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));

  private static final String TWO_CALLS =
      """
      {"request_id":"a1","when":"2026-03-01T10:00:00Z","model":"gpt-4o","team":"search","user":"ann","region":"eu-west-3","input_tokens":500,"output_tokens":300}
      {"request_id":"a2","when":"2026-03-02T23:59:59.5Z","model":"gpt-4o-mini","team":"chat","user":"bob","region":"azure/eastus","input_tokens":50,"cached_input_tokens":20,"output_tokens":30}
      """;

  @TempDir Path folder;

  @Test
  void keepsEveryEventOnceHoweverOftenItIsRead() throws Exception {
    Path usage = write("usage.jsonl", TWO_CALLS);

    LedgerIngest.Result first = ingest(usage);
    LedgerIngest.Result again = ingest(usage);

    assertThat(first.added()).isEqualTo(2);
    assertThat(again.added()).isZero();
    assertThat(again.duplicates()).isEqualTo(2);
    assertThat(ledger().snapshot().events()).isEqualTo(2);
    assertThat(ledger().head().batch()).isEqualTo(1);
  }

  @Test
  void saysOfManyFilesOnceWhatIsTrueOfThemAll() throws Exception {
    Path sessions = Files.createDirectories(folder.resolve("sessions"));
    String noUsage =
        """
        {"type":"user","sessionId":"1","timestamp":"2026-03-01T10:00:00Z"}
        """;
    List<Path> files = new ArrayList<>();
    for (int session = 1; session <= 5; session++) {
      String call =
          """
          {"type":"assistant","sessionId":"%1$d","timestamp":"2026-03-01T10:00:00Z","requestId":"r%1$d","message":{"id":"m%1$d","model":"claude-sonnet-4-5","role":"assistant","usage":{"input_tokens":5,"output_tokens":7}}}
          """
              .formatted(session);
      Path file = sessions.resolve(session + ".jsonl");
      files.add(Files.writeString(file, call + noUsage.repeat(session)));
    }

    LedgerIngest.Result read = ingest(files.toArray(Path[]::new));

    assertThat(read.added()).isEqualTo(5);
    assertThat(read.notes())
        .containsExactly(
            sessions.resolve("1.jsonl")
                + " and 4 other files: read as Claude Code sessions (claude-code)",
            sessions.resolve("1.jsonl")
                + " and 4 other files: 15 records are no usage (Claude Code sessions) and left out");
  }

  @Test
  void knowsAnEventByItsRequestIdWhateverTheFormatAndTheClockOfTheLog() throws Exception {
    ingest(write("usage.jsonl", TWO_CALLS));

    LedgerIngest.Result other =
        ingest(
            write(
                "other.csv",
                """
                timestamp,request_id,model_name,prompt_tokens,completion_tokens
                2026-03-01 09:59:58,a1,gpt-4o,500,300
                2026-03-03 00:00:01,a2,gpt-4o-mini,50,30
                2026-03-03 00:00:02,a3,gpt-4o-mini,51,31
                """));

    assertThat(other.added()).isEqualTo(1);
    assertThat(other.duplicates()).isEqualTo(2);
  }

  @Test
  void countsCallsThatLookAlikeEachAndAnOverlappingFileOnce() throws Exception {
    String same = "2026-03-01T10:00:00Z,gpt-4o,100,200\n";
    String later = "2026-03-01T11:00:00Z,gpt-4o,100,200\n";
    String header = "when,model,input_tokens,output_tokens\n";

    LedgerIngest.Result first = ingest(write("one.csv", header + same + same + same));
    LedgerIngest.Result overlapping = ingest(write("two.csv", header + same + same + later));

    assertThat(first.added()).isEqualTo(3);
    assertThat(overlapping.added()).isEqualTo(1);
    assertThat(overlapping.duplicates()).isEqualTo(2);
  }

  @Test
  void countsAnOverlapOfFilesReadTogetherOnce() throws Exception {
    String same = "2026-03-01T10:00:00Z,gpt-4o,100,200\n";
    String header = "when,model,input_tokens,output_tokens\n";

    LedgerIngest.Result both =
        ingest(
            write("one.csv", header + same + same), write("two.csv", header + same + same + same));

    assertThat(both.added()).isEqualTo(3);
    assertThat(both.duplicates()).isEqualTo(2);
  }

  @Test
  void pricesAsTheRateCardDoes() throws Exception {
    Path usage =
        write(
            "usage.jsonl",
            TWO_CALLS
                + """
                {"when":"2026-03-01T10:00:00Z","model":"dall-e-3","team":"art","count":3,"width":1024,"height":1024}
                {"when":"2026-03-01T10:00:00Z","model":"sora-2","team":"art","seconds":5}
                {"model":"whisper-large-v3","seconds":60}
                {"model":"text-embedding-3-small","input_tokens":8000}
                {"model":"tuned","modality":"training","accelerator":"h100-sxm","count":8,"hours":3,"site":"FR"}
                {"model":"nobody-knows-this","input_tokens":100,"output_tokens":100}
                """);
    Account account =
        new UsageAccountant(CARD, NOW, Reading.SILENT)
            .account("", List.of(usage), folder.resolve("q1.jsonl"))
            .account();

    ingest(usage);

    assertThat(account.total().activities()).isEqualTo(8);
    for (Impact impact :
        List.of(
            Impact.ENERGY_KWH,
            Impact.EMBODIED_KG,
            Impact.OPERATIONAL_LOCATION_BASED_KG,
            Impact.WATER_ON_SITE_L)) {
      String column = impact.name().toLowerCase(java.util.Locale.ROOT);
      assertThat(sum("sum(" + column + ")", Content.ROLLUP))
          .as(column)
          .isCloseTo(account.total().footprint().median(impact), Percentage.withPercentage(1e-7));
    }
  }

  @Test
  void keepsNoNameOfAUser() throws Exception {
    ingest(write("usage.jsonl", TWO_CALLS));

    assertThat(sum("count(DISTINCT user_hash)", Content.EVENTS)).isEqualTo(2);
    try (var files = Files.walk(folder.resolve("ledger"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("\"bob\"");
      }
    }
  }

  @Test
  void accountsTheRestOfAFileAndKeepsWhatItRefuses() throws Exception {
    LedgerIngest.Result result =
        ingest(
            write(
                "usage.jsonl",
                TWO_CALLS + "{\"model\":\"gpt-4o\",\"input_tokens\":-5}\nnonsense\n"));

    assertThat(result.added()).isEqualTo(2);
    assertThat(result.refused()).isEqualTo(2);
    assertThat(ledger().snapshot().seals().get(0).refused()).isEqualTo(2);
    assertThat(Files.readAllLines(result.quarantine().orElseThrow())).hasSize(2);
  }

  private LedgerIngest.Result ingest(Path... files) {
    return new LedgerIngest(CARD, NOW, Reading.SILENT, "test")
        .ingest(
            Ledger.openOrCreate(folder.resolve("ledger")),
            Duration.ZERO,
            List.of(files),
            UsageDefaults.NONE,
            folder.resolve("quarantine.jsonl"));
  }

  private Ledger ledger() {
    return Ledger.open(folder.resolve("ledger"));
  }

  private double sum(String figure, Content content) throws SQLException {
    Ledger.Snapshot snapshot = ledger().snapshot();
    List<Path> files =
        snapshot.live(content).stream().map((SealedFile file) -> snapshot.path(file)).toList();
    try (LedgerDatabase database = LedgerDatabase.open(Optional.empty());
        var statement = database.connection().createStatement();
        var row =
            statement.executeQuery("SELECT " + figure + " FROM " + LedgerDatabase.parquet(files))) {
      row.next();
      return row.getDouble(1);
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
