package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.Driver;
import io.gtrace.activity.MeteredEnergy;
import io.gtrace.activity.MeteredInference;
import io.gtrace.activity.Modality;
import io.gtrace.activity.Training;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.query.Period;
import io.gtrace.ledger.query.QueryLine;
import io.gtrace.ledger.query.Work;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.RollupFiles;
import io.gtrace.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that a meter told the energy of. */
class MeteredRunsTest {
  private static final Context CONTEXT =
      new Context(
          Optional.of(Instant.parse("2026-03-01T09:30:00Z")),
          new Attribution("search", "ranker", ""),
          new Site.EdgeDevice("rtx-4090", "DE"));

  private static final List<UsageEvent> RUNS =
      List.of(
          new UsageEvent(
              "meter-1", new Training("our-13b", "rtx-4090", new MeteredEnergy(3, 1), CONTEXT)),
          new UsageEvent(
              "meter-2",
              new MeteredInference("our-13b", "rtx-4090", new MeteredEnergy(2, 0), CONTEXT)));

  @TempDir private Path folder;

  private LedgerFixture fixture() {
    return new LedgerFixture(folder.resolve("ledger"));
  }

  private LedgerAppender.Result append() {
    try (LedgerAppender appender =
        new LedgerAppender(
            Ledger.openOrCreate(fixture().folder()),
            LedgerFixture.CARD,
            LedgerFixture.NOW,
            "test")) {
      return appender.append(RUNS, "measured", Duration.ZERO);
    }
  }

  private LedgerQuery query() {
    return LedgerQuery.open(
        Ledger.open(fixture().folder()).snapshot(), RollupFiles.Pricing.CURRENT);
  }

  @Test
  void areBookedOnceByTheirEnergy() {
    assertThat(append().added()).isEqualTo(2);
    LedgerAppender.Result again = append();
    assertThat(again.added()).isZero();
    assertThat(again.duplicates()).isEqualTo(2);
    fixture().requireIntact();
    try (LedgerQuery query = query()) {
      assertThat(query.total(Period.ALL).footprint().median(Impact.ENERGY_KWH))
          .isCloseTo(6, within(1e-9));
      assertThat(query.by(List.of(GroupBy.MODALITY, GroupBy.MODEL), Period.ALL))
          .extracting(QueryLine::keys)
          .containsExactlyInAnyOrder(
              List.of("training", "our-13b"), List.of("inference", "our-13b"));
      assertThat(query.work(Period.ALL))
          .filteredOn(work -> work.modality() == Modality.INFERENCE)
          .extracting(Work::subject, work -> work.volumes().get(Driver.METERED_KWH))
          .containsExactly(tuple("rtx-4090", 2.0));
    }
  }

  @Test
  void theirIntervalIsThatOfTheMeter() {
    append();
    try (LedgerQuery query = query()) {
      QueryLine inference =
          query.by(List.of(GroupBy.MODALITY), Period.ALL).stream()
              .filter(line -> line.keys().equals(List.of("inference")))
              .findFirst()
              .orElseThrow();
      double low = inference.footprint().energyKwh().low();
      double high = inference.footprint().energyKwh().high();
      assertThat(low).isBetween(1.8, 1.95);
      assertThat(high).isBetween(2.05, 2.25);
    }
  }

  @Test
  void areRowsOfUsageFilesToo() throws IOException {
    Path usage = folder.resolve("runs.csv");
    Files.writeString(
        usage,
        """
        request_id,modality,model,accelerator,region,when,metered_kwh,modelled_kwh
        meter-1,training,our-13b,rtx-4090,rtx-4090@DE,2026-03-01T09:30Z,3,1
        meter-3,inference,our-13b,rtx-4090,rtx-4090@DE,2026-03-01T10:30Z,5,
        meter-4,inference,our-13b,rtx-4090,rtx-4090@DE,2026-03-01T10:30Z,,
        """);
    append();
    LedgerIngest.Result result = fixture().read(usage);
    assertThat(result.refusals()).hasSize(1);
    assertThat(result.refusals().get(0).toString()).contains("metered_kwh");
    try (LedgerQuery query = query()) {
      assertThat(query.total(Period.ALL).footprint().median(Impact.ENERGY_KWH))
          .isCloseTo(3 + 1 + 2 + 5, within(1e-9));
    }
  }
}
