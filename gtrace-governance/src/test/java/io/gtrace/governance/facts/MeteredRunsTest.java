package io.gtrace.governance.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.activity.Attribution;
import io.gtrace.activity.Context;
import io.gtrace.activity.MeteredEnergy;
import io.gtrace.activity.Training;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.profile.Profile;
import io.gtrace.ledger.LedgerAppender;
import io.gtrace.ledger.UsageEvent;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ledgers of runs that were booked by their energy, without any other meter. */
class MeteredRunsTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final RateCard CARD =
      new RateCard(CATALOGUE, Draws.standard(CATALOGUE.correlations()), Fallback.ALLOW);
  private static final double NEEDED = 0.7;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"8, 2, E3", "6, 4, E2", "0, 5, E2"})
  void aLedgerIsWorthAMeterWhereCountersToldEnoughOfIt(
      double meteredKwh, double modelledKwh, Grade grade) throws IOException {
    Context context =
        new Context(
            Optional.of(Instant.parse("2026-03-01T09:30:00Z")),
            Attribution.NONE,
            new Site.EdgeDevice("rtx-4090", "DE"));
    UsageEvent run =
        new UsageEvent(
            "run",
            new Training(
                "our-13b", "rtx-4090", new MeteredEnergy(meteredKwh, modelledKwh), context));
    Ledger ledger = Ledger.openOrCreate(folder.resolve("ledger"));
    try (LedgerAppender appender =
        new LedgerAppender(
            ledger, CARD, InstantSource.fixed(Instant.parse("2026-11-27T12:00:00Z")), "test")) {
      appender.append(List.of(run), "measured", Duration.ZERO);
    }
    assertThat(ledgerGrade(ledger)).isEqualTo(grade);
  }

  private Grade ledgerGrade(Ledger ledger) throws IOException {
    Path profilePath = folder.resolve("org.yaml");
    Files.createDirectories(folder.resolve("evidence"));
    Files.writeString(profilePath, "organisation: Example\nevidence: evidence\n");
    Profile profile = Profile.read(profilePath);
    ReportingPeriod period = ReportingPeriod.parse("2026-Q1");
    try (LedgerFacts facts = new LedgerFacts(ledger.snapshot(), period)) {
      return new Facts(
              period,
              facts,
              profile,
              Evidence.read(profile.evidence(), EvidenceKinds.shipped()),
              CARD,
              NEEDED)
          .ledgerGrade();
    }
  }
}
