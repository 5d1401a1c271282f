package io.gtrace.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.query.CellRoom;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.organisation.LedgerView.Question;
import io.gtrace.server.organisation.Organisation;
import io.gtrace.server.organisation.Organisations;
import io.gtrace.server.study.Studies;
import io.gtrace.server.study.StudyLimits;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));

  @TempDir private Path folder;

  private static RateCard card() {
    return new RateCard(CATALOGUE, Draws.standard(CATALOGUE.correlations()), Fallback.ALLOW);
  }

  private void takeUsage() throws IOException {
    Path usage = folder.resolve("usage.csv");
    Files.writeString(
        usage,
        """
        time,model,site,team,app,input_tokens,output_tokens
        2026-11-25T10:00:00Z,gpt-4o,eu-west-3,search,chat,500,300
        2026-11-25T11:00:00Z,gpt-4o,eu-west-3,sales,chat,500,300
        """);
    new LedgerIngest(card(), CLOCK, Reading.SILENT, "test")
        .ingest(
            Ledger.openOrCreate(folder.resolve("ledger")),
            Duration.ZERO,
            List.of(usage),
            UsageDefaults.NONE,
            folder.resolve("refused.jsonl"));
  }

  private Organisation opened() {
    return Organisation.open(
        "ours",
        folder.resolve("ledger"),
        WarmUpTest::card,
        CLOCK,
        "test",
        Duration.ofSeconds(1),
        new CellRoom(100_000));
  }

  private static void warmUp(Organisation organisation, Organisations all) {
    Studies studies = new Studies(all, StudyLimits.USUAL, CLOCK);
    new Pages(all, PageOptions.NONE, studies, () -> new OtlpPorts(4318, 4317), CLOCK)
        .warmUp(organisation);
  }

  private void withoutParquet() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("ledger"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".parquet")).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void whatFirstPagesAskIsAnsweredBeforeSomebodyComes() throws IOException {
    takeUsage();
    Organisation organisation = opened();
    try (Organisations all = new Organisations(List.of(organisation))) {
      warmUp(organisation, all);

      // Whoever asks now is told what is remembered: there is nothing left to read.
      withoutParquet();
      Question byTeam = new Question(List.of(GroupBy.TEAM), Period.ALL, Map.of());
      assertThat(organisation.view().ask(byTeam).lines())
          .extracting(line -> line.keys().get(0))
          .containsExactlyInAnyOrder("search", "sales");
    }
  }

  @Test
  void aLedgerThatCannotBeReadStopsNothing() throws IOException {
    takeUsage();
    Organisation organisation = opened();
    try (Organisations all = new Organisations(List.of(organisation))) {
      withoutParquet();
      assertThatCode(() -> warmUp(organisation, all)).doesNotThrowAnyException();
    }
  }
}
