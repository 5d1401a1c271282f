package io.gtrace.governance.disclosure;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.LedgerFacts;
import io.gtrace.governance.facts.NameCheck;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.profile.Profile;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The organisation of the examples in a folder of its own, which a test may change. */
record Organisation(Path folder) {
  static final ReportingPeriod PERIOD = ReportingPeriod.parse("2026-Q1");
  static final RateCard CARD = card();
  private static final Path EXAMPLES = Path.of("..", "docs", "examples");

  private static RateCard card() {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    return new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
  }

  static Organisation in(Path folder) {
    try {
      Files.createDirectories(folder.resolve("evidence"));
      Path examples = EXAMPLES.resolve("disclosure");
      Files.copy(examples.resolve("org.yaml"), folder.resolve("org.yaml"));
      try (Stream<Path> evidence = Files.list(examples.resolve("evidence"))) {
        for (Path file : evidence.toList()) {
          Files.copy(file, folder.resolve("evidence").resolve(file.getFileName()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Organisation(folder);
  }

  /** The usage of the examples as a ledger. */
  static Organisation withLedger(Path folder) {
    return in(folder).ingest(EXAMPLES.resolve("usage.csv"));
  }

  /** With the ledger of another: what is sealed never changes. */
  Organisation withLedgerOf(Organisation other) {
    Path from = other.ledgerFolder();
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, ledgerFolder().resolve(from.relativize(file).toString()));
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path ledgerFolder() {
    return folder.resolve("ledger");
  }

  Organisation ingest(Path usage) {
    new LedgerIngest(
            CARD,
            InstantSource.fixed(Instant.parse("2026-04-01T00:00:00Z")),
            Reading.SILENT,
            "test")
        .ingest(
            Ledger.openOrCreate(ledgerFolder()),
            Duration.ZERO,
            List.of(usage),
            UsageDefaults.NONE,
            folder.resolve("quarantine.jsonl"));
    return this;
  }

  Organisation file(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Organisation evidence(String kind, String csv) {
    return file("evidence/" + kind + ".csv", csv);
  }

  /** Adds a line to a file. */
  Organisation more(String name, String line) {
    try {
      return file(name, Files.readString(folder.resolve(name)) + line + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Organisation without(String kind) {
    try {
      Files.delete(folder.resolve("evidence").resolve(kind + ".csv"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With every kind of evidence that any form asks for. */
  Organisation withEverything() {
    return evidence(
            "datacentres",
            """
            site,year,floor_area_m2,computer_room_m2,energy_total_kwh,energy_it_kwh,water_m3,potable_water_m3,reused_heat_kwh,renewable_go_kwh,renewable_ppa_kwh,renewable_on_site_kwh,refrigerants
            DE,2026,2000,1200,6000000,5000000,9000,8000,600000,3000000,0,0,R-1234ze
            """)
        .evidence(
            "sites",
            """
            site,site_class,year,installed_it_kw,pue,wue_l_per_kwh,erf,ref
            DE,on-prem,2026,800,1.2,1.8,0.1,0.5
            """)
        .evidence(
            "assurance",
            """
            statement,provider,level,from,to,carbon_kg
            S-1,Auditor GmbH,limited,2026-01-01,2027-01-01,400
            """)
        .evidence(
            "exclusions",
            """
            stage,from,to,carbon_kg,basis
            end of life,2026-01-01,2027-01-01,5,share of making
            """)
        .more("org.yaml", "  esrs-e1: {net-revenue: 2.5e6}");
  }

  Profile profile() {
    return Profile.read(folder.resolve("org.yaml"));
  }

  Ledger.Snapshot ledger() {
    return Ledger.open(ledgerFolder()).snapshot();
  }

  <T> T facts(Function<Facts, T> asked) {
    Profile profile = profile();
    try (LedgerFacts ledger = new LedgerFacts(ledger(), PERIOD)) {
      Evidence evidence =
          NameCheck.of(
              Evidence.read(profile.evidence(), EvidenceKinds.shipped()), ledger, CARD.catalogue());
      return asked.apply(new Facts(PERIOD, ledger, profile, evidence, CARD, 0.7));
    }
  }

  Form form(String standard) {
    return facts(facts -> Form.filled(Standards.shipped().named(standard).orElseThrow(), facts));
  }

  List<Form> forms() {
    return facts(
        facts -> Standards.shipped().all().stream().map(each -> Form.filled(each, facts)).toList());
  }
}
