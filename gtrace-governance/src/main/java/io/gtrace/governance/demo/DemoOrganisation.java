package io.gtrace.governance.demo;

import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * A made-up organisation in a folder: its ledger, which holds the Azure LLM inference traces of
 * 2023 and a year of simulated teams, its profile, its evidence, and the study of a surge that its
 * evidence names the run of.
 *
 * @param ledger the folder of its ledger
 * @param profile its profile
 * @param surge its study of a surge, which is yet to be run
 * @param surgeRun where evidence says that the run of the study is
 */
public record DemoOrganisation(Path ledger, Path profile, Path surge, Path surgeRun) {
  /** The control that the study of the surge has, and evidence does not use. */
  public static final String SURGE_CONTROL = "cap-and-small";

  private static final long SEED = 2025;
  private static final String SURGE = "studio-wave.yaml";
  private static final String SURGE_RUN = "wave";
  private static final String PROFILE =
      """
      organisation: Example AG (made up)
      evidence: evidence
      baseline: {period: 2025-Q1, frozen_on: 2025-04-15}
      annual_budget_kg: 1800
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
        new DemoOrganisation(
            folder.resolve("ledger"),
            folder.resolve("org.yaml"),
            folder.resolve(SURGE),
            folder.resolve(SURGE_RUN));
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
      DemoEvidence.surge(folder.resolve("evidence"), SURGE_RUN);
      Files.writeString(made.profile(), PROFILE);
      Files.writeString(made.surge(), surgeStudy());
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String surgeStudy() throws IOException {
    try (InputStream in = DemoOrganisation.class.getResourceAsStream(SURGE)) {
      if (in == null) {
        throw new IllegalStateException(SURGE + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
