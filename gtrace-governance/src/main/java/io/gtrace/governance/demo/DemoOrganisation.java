package io.gtrace.governance.demo;

import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * A made-up organisation in a folder: its ledger, which holds the Azure LLM inference traces of
 * 2023 and a year of simulated teams, its profile and its evidence.
 *
 * @param ledger the folder of its ledger
 * @param profile its profile
 */
public record DemoOrganisation(Path ledger, Path profile) {
  private static final long SEED = 2025;
  private static final String PROFILE =
      """
      organisation: Example AG (made up)
      evidence: evidence
      baseline: {period: 2025-Q1, frozen_on: 2025-04-15}
      annual_budget_kg: 700
      """;

  /**
   * Makes it.
   *
   * @param folder an empty folder, or one that is made
   * @param reading told how far it has come
   */
  public static DemoOrganisation make(
      Path folder, RateCard card, InstantSource clock, Reading reading, String version) {
    DemoOrganisation made =
        new DemoOrganisation(folder.resolve("ledger"), folder.resolve("org.yaml"));
    Path usage = folder.resolve("usage-2025.csv");
    Path quarantine = folder.resolve("quarantine.jsonl");
    try {
      Files.createDirectories(folder);
      new SimulatedTeams(SEED).write(usage);
      Ledger ledger = Ledger.openOrCreate(made.ledger());
      LedgerIngest ingest = new LedgerIngest(card, clock, reading, version);
      ingest.ingestAzureTraces(ledger, Duration.ZERO, quarantine);
      ingest.ingest(ledger, Duration.ZERO, List.of(usage), UsageDefaults.NONE, quarantine);
      DemoEvidence.write(folder.resolve("evidence"), ledger.snapshot(), SEED);
      Files.writeString(made.profile(), PROFILE);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
