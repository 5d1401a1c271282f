package io.gtrace.governance.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.governance.demo.DemoOrganisation;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.evidence.Grade;
import io.gtrace.governance.facts.AssurerCheck;
import io.gtrace.governance.facts.AssurerStatement;
import io.gtrace.governance.facts.LedgerFacts;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.profile.Profile;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.store.Digest;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.LedgerException;
import io.gtrace.ledger.store.Seal;
import io.gtrace.ledger.store.Verification;
import io.gtrace.ratecard.RateCard;
import io.gtrace.simulation.document.DocumentException;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo organisation, a real ledger on disk with evidence, changed in one thing or another. */
class AssessorTest {
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final RateCard CARD =
      new RateCard(CATALOGUE, Draws.standard(CATALOGUE.correlations()), Fallback.ALLOW);
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-27T12:00:00Z"));
  private static final ReportingPeriod QUARTER = ReportingPeriod.parse("2025-Q4");

  @TempDir private static Path made;
  private static DemoOrganisation demo =
      new DemoOrganisation(Path.of(""), Path.of(""), Path.of(""), Path.of(""));

  /** What its ledger, of which tests change only copies, says of the last quarter. */
  @AutoClose private static LedgerFacts quarter;

  @TempDir private Path folder;
  private Path evidence = Path.of("");

  @BeforeAll
  static void makeOrganisation() {
    demo = DemoOrganisation.make(made, CARD, NOW, Reading.SILENT, "test");
    quarter = new LedgerFacts(Ledger.open(demo.ledger()).snapshot(), QUARTER);
  }

  @BeforeEach
  void copyEvidence() throws IOException {
    evidence = folder.resolve("evidence");
    copy(made.resolve("evidence"), evidence);
    Files.copy(demo.profile(), folder.resolve("org.yaml"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(each)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(each, to.resolve(from.relativize(each)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private Assessment assess() {
    Profile profile = Profile.read(folder.resolve("org.yaml"));
    return new Assessor(Pyramid.shipped(), CARD)
        .assess(
            quarter,
            profile,
            Evidence.read(profile.evidence(), EvidenceKinds.shipped()),
            AssessmentHistory.of(quarter.ledger(), profile.organisation()));
  }

  private Assessment assess(Ledger ledger, ReportingPeriod period) {
    Profile profile = Profile.read(folder.resolve("org.yaml"));
    Ledger.Snapshot snapshot = ledger.snapshot();
    return new Assessor(Pyramid.shipped(), CARD)
        .assess(
            snapshot,
            profile,
            Evidence.read(profile.evidence(), EvidenceKinds.shipped()),
            period,
            AssessmentHistory.of(snapshot, profile.organisation()));
  }

  private static IndicatorResult result(Assessment assessment, String id) {
    return assessment
        .indicators()
        .filter(each -> each.indicator().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static double value(Assessment assessment, String id) {
    return result(assessment, id).results().get(0).estimate().value();
  }

  private void profile(String more) throws IOException {
    Path file = folder.resolve("org.yaml");
    Files.writeString(file, Files.readString(file) + more);
  }

  private void table(String name, String text) throws IOException {
    Files.writeString(evidence.resolve(name + ".csv"), text);
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(evidence.resolve(name + ".csv"));
  }

  @Test
  void theDemoReachesAMiddleLevelAndEachLevelTellsWhatIsMissing() {
    Assessment assessment = assess(Ledger.open(demo.ledger()), QUARTER);
    assertThat(assessment.faults()).isEmpty();
    assertThat(assessment.reached()).isEqualTo(3);
    assertThat(assessment.standing().candidate()).contains(3);
    assertThat(assessment.next().orElseThrow().level().name()).isEqualTo("Controlled");
    assertThat(assessment.lifts()).extracting(each -> each.indicator().id()).containsExactly("4.4");
    assertThat(assessment.way().get(0).reached()).isTrue();
    assertThat(assessment.indicators())
        .allSatisfy(
            each -> assertThat(each.results().size()).isIn(0, each.indicator().criteria().size()));
    assertThat(assessment.indicators())
        .filteredOn(each -> each.verdict() == Verdict.UNKNOWN)
        .allSatisfy(each -> assertThat(each.reasons()).isNotEmpty());
  }

  @Test
  void aServiceThatTheRegisterLacksClosesItsGateAndEveryLevel() throws IOException {
    table("register", String.join("\n", lines("register").subList(0, 5)));
    Assessment assessment = assess();
    assertThat(value(assessment, "1.1")).isCloseTo(80, within(1e-9));
    assertThat(result(assessment, "1.1").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result(assessment, "1.1").reasons()).contains("not in the register: studio");
    assertThat(result(assessment, "1.1").worthKg().orElseThrow().value()).isPositive();
    assertThat(assessment.reached()).isZero();
    assertThat(assessment.levels()).noneMatch(LevelResult::reached);
  }

  @Test
  void aClaimOpensNoGate() throws IOException {
    List<String> register = lines("register");
    table(
        "register",
        register.get(0)
            + ",grade\n"
            + String.join(
                "\n", register.subList(1, register.size()).stream().map(r -> r + ",E0").toList()));
    IndicatorResult coverage = result(assess(), "1.1");
    assertThat(coverage.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(coverage.grade()).contains(Grade.E0);
    assertThat(coverage.reasons().get(0)).contains("needs facts of grade E2", "these are E0");
  }

  @Test
  void aServiceThatIsAssignedTwiceIsNotAssignedOnce() throws IOException {
    List<String> register = lines("register");
    table(
        "register",
        String.join("\n", register) + "\n" + register.get(1).replace("scope-2", "scope-3"));
    Assessment assessment = assess();
    assertThat(value(assessment, "1.3")).isCloseTo(80, within(1e-9));
    assertThat(result(assessment, "1.1").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void withoutMetersFiguresAreModelledAndGatesOfLevelThreeStayClosed() throws IOException {
    Files.delete(evidence.resolve("meters.csv"));
    Assessment assessment = assess();
    assertThat(result(assessment, "2.1").verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result(assessment, "3.2").verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result(assessment, "3.2").reasons().get(0)).contains("needs facts of grade E3");
    assertThat(assessment.reached()).isEqualTo(1);
  }

  @Test
  void meteredEnergyIsThatOfDaysWithReadingsAndNoMoreThanWasRead() throws IOException {
    double whole = value(assess(), "2.1");
    List<String> meters = lines("meters");
    table(
        "meters",
        String.join(
            "\n",
            meters.stream()
                .filter(row -> row.startsWith("series") || !row.startsWith("FR-"))
                .toList()));
    double frankfurtOnly = value(assess(), "2.1");
    assertThat(frankfurtOnly).isBetween(0.3 * whole, 0.7 * whole);
    table(
        "meters", String.join("\n", meters.stream().map(AssessorTest::tenthOfTheEnergy).toList()));
    assertThat(value(assess(), "2.1")).isBetween(8.0, 9.5);
  }

  private void keepMeters(Predicate<String> which) throws IOException {
    List<String> rows = lines("meters");
    table(
        "meters",
        rows.stream()
            .filter(row -> row.startsWith("series") || which.test(row))
            .collect(Collectors.joining("\n")));
  }

  @Test
  void metersOfItAndFacilityThatReadTheSameHoursDoNotAddUpToADay() throws IOException {
    keepMeters(row -> row.contains("-utility"));
    double facilityAlone = value(assess(), "2.1");
    table(
        "meters",
        String.join("\n", lines("meters")).replaceAll("(....-..-..),....-..-..,", "$1,$1T12:00Z,"));
    double halfDays = value(assess(), "2.1");
    table(
        "meters",
        Stream.concat(
                lines("meters").stream(),
                lines("meters").stream()
                    .filter(row -> row.contains("-utility"))
                    .map(row -> row.replace("-utility", "-it")))
            .collect(Collectors.joining("\n")));
    assertThat(halfDays).isCloseTo(facilityAlone / 2, within(1.0));
    assertThat(value(assess(), "2.1")).isCloseTo(halfDays, within(1e-9));
  }

  @Test
  void whereOnlyItIsMeteredThePueOfTheSiteFormStandsForTheRest() throws IOException {
    keepMeters(row -> row.contains("-it"));
    double withPue = value(assess(), "2.1");
    assertThat(withPue).isGreaterThan(85);
    Files.delete(evidence.resolve("sites.csv"));
    assertThat(value(assess(), "2.1")).isCloseTo(withPue / 1.25, within(3.0));
  }

  @Test
  void aMeterThatIsOnlyClaimedMetersNothing() throws IOException {
    table(
        "meter-series",
        lines("meter-series").stream()
            .map(row -> row.startsWith("series") ? row + ",grade" : row + ",E2")
            .collect(Collectors.joining("\n")));
    assertThat(value(assess(), "2.1")).isZero();
  }

  @Test
  void aBillOverTheQuarterIsNoSeriesOfQuarterHours() throws IOException {
    table(
        "meter-series",
        "series,site,boundary,interval_minutes\nDE-utility,DE,facility,15\nFR-it,FR,it,1440\n");
    table(
        "meters",
        "series,from,to,energy_kwh\nDE-utility,2025-10-01,2026-01-01,900000\n"
            + lines("meters").stream()
                .filter(row -> row.startsWith("FR-it"))
                .collect(Collectors.joining("\n")));
    Assessment assessment = assess();
    assertThat(value(assessment, "2.2")).isBetween(0.9, 1.1);
    assertThat(result(assessment, "2.2").reasons())
        .contains("readings longer than the interval of the meter do not count: DE-utility");
    assertThat(value(assessment, "2.1")).isBetween(30.0, 70.0);
  }

  private static String tenthOfTheEnergy(String row) {
    int comma = row.lastIndexOf(',') + 1;
    return row.startsWith("series")
        ? row
        : row.substring(0, comma) + Double.parseDouble(row.substring(comma)) / 10;
  }

  @Test
  void faultyEvidenceMakesItsIndicatorsUnknownAndLeavesTheRest() throws IOException {
    table(
        "sites",
        """
        site,site_class,year,installed_it_kw,pue,wue_l_per_kwh,erf,ref
        DE,on-prem,2025,620,0.9,0.3,0.05,0.62
        """);
    Assessment assessment = assess();
    assertThat(assessment.faults()).hasSize(1);
    assertThat(assessment.faults().get(0).toString()).contains("sites.csv, line 2", "pue");
    assertThat(result(assessment, "2.6").verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result(assessment, "2.6").reasons().get(0)).contains("line 2", "0.9");
    assertThat(result(assessment, "2.2").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void onlyTheNewestFormOfASiteCountsAndAnEmptySizeIsUnknown() throws IOException {
    table(
        "sites",
        """
        site,site_class,year,installed_it_kw,pue,wue_l_per_kwh,erf,ref
        DE,on-prem,2023,800,1.4,,,
        DE,on-prem,2025,620,1.25,0.3,0.05,0.62
        """);
    assertThat(value(assess(), "2.6")).isEqualTo(100);
    table("sites", "site,site_class,year,pue\nDE,on-prem,2025,1.25\n");
    assertThat(result(assess(), "2.6").reasons())
        .containsExactly("no installed_it_kw in the newest form of DE");
  }

  @Test
  void aTableOfRestatementsWithoutRowsSaysThatThereWereNone() throws IOException {
    table("restatements", "error,found_on,change_percent\n");
    IndicatorResult none = result(assess(), "6.5");
    assertThat(none.verdict()).isEqualTo(Verdict.PASS);
    assertThat(none.reasons()).contains("restatements has no rows: no errors were found");
  }

  @Test
  void evidenceOfAnotherSiteIsNamed() throws IOException {
    table("idle", "site,from,to,idle_kwh,attributed_kwh\nMARS,2025-10-01,2026-01-01,10,10\n");
    Assessment assessment = assess();
    assertThat(assessment.faults()).hasSize(1);
    assertThat(assessment.faults().get(0).toString())
        .contains("idle.csv, line 2", "the ledger has nothing at 'MARS'");
    assertThat(result(assessment, "2.4").verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void namesThatTheLedgerDoesNotHaveAreToldWithTheirLine() throws IOException {
    table(
        "router",
        """
        service,from,to,eligible_requests,smallest_requests
        asistant,2025-10-01,2026-01-01,10,10
        """);
    table(
        "budgets",
        """
        service,owner,from,to,carbon_kg
        support,head,2025-01-01,2026-01-01,10
        sales,head,2025-01-01,2026-01-01,10
        """);
    table(
        "instruments",
        "instrument,zone,from,to,energy_kwh\nsolar,ES,2025-10-01,2025-10-01T01:00Z,1\n");
    table("assets", "asset,site,device,device_hours,count\na,DE,h1000,10,1\n");
    Assessment assessment = assess();
    assertThat(assessment.faults().stream().map(Object::toString))
        .anyMatch(each ->
            each.contains("router.csv, line 2, service: the ledger has nothing of 'asistant'; it")
                && each.contains("assistant"))
        .anyMatch(each -> each.contains("budgets.csv, line 3, service: the ledger has nothing of"))
        .anyMatch(each -> each.contains("instruments.csv, line 2, zone: the ledger has nothing in"))
        .anyMatch(each -> each.contains("assets.csv, line 2, device: "))
        .hasSize(4);
    for (String id : List.of("5.4", "4.1", "7.3", "3.4")) {
      assertThat(result(assessment, id).verdict()).as(id).isEqualTo(Verdict.UNKNOWN);
      assertThat(result(assessment, id).nextStep()).as(id).startsWith("Mend ");
    }
  }

  @Test
  void whereEvidenceIsMissingTheNextStepSaysWhichTablesToHandIn() throws IOException {
    Files.delete(file("alerts"));
    Files.delete(file("meters"));
    Files.delete(file("meter-series"));
    Assessment assessment = assess();
    assertThat(result(assessment, "4.6").nextStep())
        .isEqualTo("Hand in alerts.csv (Alerts of unusual burn)");
    assertThat(result(assessment, "2.1").nextStep())
        .contains("Hand in ", "meters.csv (Readings of meters)", " and meter-series.csv (Meters)");
    assertThat(result(assessment, "7.1").nextStep()).startsWith("Add a target to the profile");
  }

  @Test
  void filesAreNamedAsTheProfileWasNamed() throws IOException {
    table("idle", "site,from,to,idle_kwh,attributed_kwh\nMARS,2025-10-01,2026-01-01,10,10\n");
    Path here = Path.of("").toAbsolutePath();
    Path relative = here.relativize(folder.toRealPath());
    Profile profile = Profile.read(relative.resolve("org.yaml"));
    assertThat(profile.folder()).isEqualTo(relative);
    assertThat(Evidence.read(profile.evidence(), EvidenceKinds.shipped()).table("idle"))
        .hasValueSatisfying(
            table -> assertThat(table.rows().get(0).place()).startsWith(relative + "/evidence"));
  }

  @Test
  void evidenceOfAnotherPeriodSaysNothing() throws IOException {
    table("idle", "site,from,to,idle_kwh,attributed_kwh\nDE,2024-10-01,2025-01-01,10,10\n");
    assertThat(result(assess(), "2.4").reasons())
        .containsExactly("add what concerns 2025-Q4 to idle.csv, which says nothing of it");
  }

  @Test
  void thresholdsMayBeTightenedAndLooseningShows() throws IOException {
    profile("thresholds: {\"2.3\": 0.1, \"3.5\": 95}\n");
    Assessment assessment = assess();
    assertThat(result(assessment, "2.3").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result(assessment, "2.3").loosened()).isEmpty();
    assertThat(result(assessment, "3.5").verdict()).isEqualTo(Verdict.PASS);
    assertThat(result(assessment, "3.5").loosened())
        .containsExactly("half-width: loosened from ≤ 30 to ≤ 95");
  }

  @Test
  void whatDoesNotConcernLeavesTheCountWithItsReason() throws IOException {
    profile("not_applicable: {\"2.5\": \"we buy by the token and measure nothing\"}\n");
    Assessment assessment = assess();
    LevelResult metered = assessment.levels().get(1);
    assertThat(metered.counted()).isEqualTo(5);
    assertThat(result(assessment, "2.5").reasons())
        .containsExactly("we buy by the token and measure nothing");
  }

  @Test
  void anUnknownIndicatorInTheProfileIsToldWithItsLine() throws IOException {
    profile("thresholds: {\"9.9\": 1}\n");
    assertThatThrownBy(this::assess)
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("org.yaml, line 5")
        .hasMessageContaining("there is no such indicator");
  }

  @Test
  void scoresAndPlacesAreHeldAgainstTheFrozenBaseline() {
    Assessment assessment = assess();
    assertThat(value(assessment, "4.2")).isBetween(0.5, 1.0);
    assertThat(value(assessment, "5.1")).isBetween(20.0, 50.0);
    IndicatorResult burden = result(assessment, "5.2");
    assertThat(burden.results().get(0).estimate().high()).isNegative();
    assertThat(burden.verdict()).isEqualTo(Verdict.INDETERMINATE);
  }

  @Test
  void aSurgeIsHeldAgainstTheAnnualBudget() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(
        folder.resolve("run/outcome.json"),
        """
        {"study": "wave", "runs": 200, "seed": 7,
         "footprint": {"carbonKg": {"median": 1e6, "low": 5e5, "high": 2e6}},
         "scenarios": [{"id": "caps",
           "footprint": {"carbonKg": {"median": 1e5, "low": 5e4, "high": 2e5}}}]}
        """);
    table("surge", "run,share_of_wave,scenario\nrun,0.01,\n");
    IndicatorResult without = result(assess(), "4.4");
    assertThat(without.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(without.results().get(0).estimate().value()).isGreaterThan(0.9);
    assertThat(without.worthKg().orElseThrow().value()).isGreaterThan(500);
    table("surge", "run,share_of_wave,scenario\nrun,1e-6,caps\n");
    IndicatorResult with = result(assess(), "4.4");
    assertThat(with.results().get(0).estimate().value())
        .isLessThan(without.results().get(0).estimate().value());
    table("surge", "run,share_of_wave,scenario\nrun,0.01,taxes\n");
    assertThat(result(assess(), "4.4").reasons().get(0))
        .contains("surge.csv, line 2", "no scenario 'taxes'");
    assertThat(with.reasons()).anyMatch(each -> each.contains("priced by other factors"));
    table("surge", "run,share_of_wave,scenario\nrun,0.01,caps\n");
    double avoidableKg = result(assess(), "4.4").worthKg().orElseThrow().value();
    assertThat(avoidableKg).isBetween(500.0, without.worthKg().orElseThrow().value());
    table("surge", "run,share_of_wave\nrun,0\n");
    assertThat(result(assess(), "4.4").reasons().get(0)).contains("line 2, share_of_wave");
    table("surge", "run,share_of_wave\nelsewhere,0.01\n");
    assertThat(result(assess(), "4.4").reasons().get(0)).contains("there is no such file");
  }

  @Test
  void anAlertThatNeverCameOrCameBeforeTheDayIsNone() throws IOException {
    profile("thresholds: {\"4.6\": 1e6}\n");
    for (String alert : List.of("2025-10-01,2025-10-01T12:00Z", "2025-11-12,2025-11-11T12:00Z")) {
      table("alerts", "day,alerted_at\n" + alert + "\n");
      IndicatorResult latency = result(assess(), "4.6");
      assertThat(latency.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(latency.reasons()).containsExactly("1 unusual days; no alert of 2025-11-12");
    }
  }

  @Test
  void withoutFourWeeksBeforeNothingIsKnownOfUnusualDays() {
    IndicatorResult latency =
        result(assess(Ledger.open(demo.ledger()), ReportingPeriod.parse("2023-11")), "4.6");
    assertThat(latency.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(latency.reasons().get(0)).contains("four weeks before to compare with");
  }

  @Test
  void figuresAreTraceableOnlyToSealsOfThisLedger() throws IOException {
    String seal = Ledger.open(demo.ledger()).head().seal();
    String meters = Digest.of(evidence.resolve("meters.csv"));
    table(
        "figures",
        """
        figure,value,unit,query,seal,partial
        a,2,t,SELECT 2 * sum(requests) / sum(requests) FROM rollup,%1$s,
        b,2,t,SELECT 2,sha256:0,
        c,2,t,"gtrace query --ledger l 'SELECT 2.2 * sum(requests) / sum(requests) FROM rollup'",%1$s,
        d,2,t,"gtrace query --ledger l 'SELECT sum(requests) FROM rollup'",%1$s,yes
        e,2,t,gtrace query --by model,%1$s,
        f,2,t,SELECT nothing FROM rollup,%1$s,
        g,2,t,"meters.csv, line 3 (%2$s)",%1$s,
        h,2,t,"meters.csv, line 3 (sha256:%3$s)",%1$s,
        i,2,t,our own books,%1$s,
        j,2,t,SELECT 2,%1$s,
        k,2,t,SELECT 2 + 0 * count(*) FROM rollup,%1$s,
        l,2,t,SELECT 2 FROM Rollup LIMIT 1,%1$s,
        m,0,t,"SELECT coalesce(sum(requests) FILTER (WHERE false), 0) FROM rollup",%1$s,
        """
            .formatted(seal, meters, "0".repeat(64)));
    Assessment assessment = assess();
    assertThat(result(assessment, "6.2").reasons())
        .contains(
            "without a query, or a seal of this ledger: b",
            "where the query gives another number now: c",
            "with a query that this ledger has no single number for: e, f",
            "where the evidence was changed since: h",
            "with neither a query nor a faultless table of evidence: i",
            "with a query whose answer does not rest on the ledger: j, k, l")
        .anyMatch(each -> each.startsWith("3 of 13 were held against"));
    assertThat(value(assessment, "6.2")).isCloseTo(100.0 * 4 / 13, within(1e-9));
  }

  @Test
  void hourlySupplyCountsOnlyUpToTheLoadOfItsHourAndZone() throws IOException {
    Stream<Instant> hours =
        Stream.iterate(
            QUARTER.from(), QUARTER.to()::isAfter, hour -> hour.plus(Duration.ofHours(1)));
    table(
        "instruments",
        "instrument,zone,from,to,energy_kwh\n"
            + hours
                .map(hour -> "solar,FR," + hour + "," + hour.plus(Duration.ofHours(1)) + ",1000")
                .collect(Collectors.joining("\n")));
    // France has two fifths of the energy, and more supply than load in every hour.
    assertThat(value(assess(), "7.3")).isBetween(38.0, 50.0);
    table(
        "instruments",
        "instrument,zone,from,to,energy_kwh\nsolar,FR,2025-10-01,2025-10-01T01:00Z,1000000\n");
    assertThat(value(assess(), "7.3")).isBetween(0.0, 0.1);
  }

  private void assurance(double carbonKg, String grade) throws IOException {
    table(
        "assurance",
        "statement,provider,level,from,to,carbon_kg,grade\ns,auditors,limited,2025-10-01,2026-01-01,"
            + carbonKg
            + ","
            + grade
            + "\n");
  }

  @Test
  void onlyStatementsOfAThirdPartyOverMostOfTheCarbonMakeTheLedgerAssured() throws Exception {
    table("credits", "credit,retired_on,carbon_kg,netted_into,grade\nc,2025-11-01,1,none,E4\n");
    assurance(0.001, "E4");
    assertThat(result(assess(), "7.2").grade()).contains(Grade.E3);
    assurance(1e6, "E0");
    assertThat(result(assess(), "7.2").grade()).contains(Grade.E3);
    assurance(1e6, "E4");
    assertThat(result(assess(), "7.2").grade()).contains(Grade.E3);
    KeyPair auditors = assurer("Auditors & Co.");
    sign(auditors, "assurance");
    assertThat(result(assess(), "7.2").grade()).contains(Grade.E3);
    sign(auditors, "credits");
    assertThat(assess().remarks()).anyMatch(each -> each.contains("the key sha256:"));
    assertThat(result(assess(), "7.2").verdict()).isEqualTo(Verdict.PASS);
    assertThat(result(assess(), "7.2").grade()).contains(Grade.E4);
  }

  @Test
  void aSignatureThatFitsNoAssurerIsAFaultAndNoneCanBeTheOrganisationItself() throws Exception {
    assurance(1e6, "E4");
    assurer("Auditors & Co.");
    sign(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), "assurance");
    Assessment assessment = assess();
    assertThat(assessment.faults())
        .anyMatch(each -> each.toString().contains("is signed with no key of the profile"));
    assertThat(result(assessment, "6.3").verdict()).isEqualTo(Verdict.UNKNOWN);
    Path file = folder.resolve("org.yaml");
    Files.writeString(
        file, Files.readString(file).replace("Auditors & Co.", "example ag (made up)"));
    assertThatThrownBy(this::assess)
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("cannot assure itself");
  }

  /** A new assurer, in the profile. */
  private KeyPair assurer(String name) throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    profile(
        "assurers: {\"%s\": %s}\n"
            .formatted(name, Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())));
    return keys;
  }

  private void sign(KeyPair assurer, String name) throws Exception {
    sign(assurer, name, AssurerStatement.of("Example AG (made up)", name, QUARTER, file(name)));
  }

  private void sign(KeyPair assurer, String name, AssurerStatement statement) throws Exception {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(assurer.getPrivate());
    signature.update(statement.text().getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        AssurerCheck.signatureOf(file(name)),
        statement.text()
            + "signature: "
            + Base64.getEncoder().encodeToString(signature.sign())
            + "\n");
  }

  private Path file(String name) {
    return evidence.resolve(name + ".csv");
  }

  private String faultOfSignature() {
    return assess().faults().stream()
        .map(Object::toString)
        .filter(each -> each.contains("assurance.csv.sig"))
        .findFirst()
        .orElse("");
  }

  @Test
  void aSignatureHoldsForItsOrganisationTablePeriodAndContentAlone() throws Exception {
    assurance(1e6, "E4");
    KeyPair auditors = assurer("Auditors & Co.");
    Path file = file("assurance");
    String name = "Example AG (made up)";
    sign(auditors, "assurance", AssurerStatement.of("Other AG", "assurance", QUARTER, file));
    assertThat(faultOfSignature()).contains("about the organisation 'Other AG', and not '" + name);
    sign(auditors, "assurance", AssurerStatement.of(name, "labels", QUARTER, file));
    assertThat(faultOfSignature()).contains("about the table labels, and not assurance");
    sign(auditors, "assurance");
    assertThat(faultOfSignature()).isEmpty();
    assertThat(result(assess(), "6.3").grade()).contains(Grade.E4);
    assurance(2e6, "E4");
    assertThat(faultOfSignature()).contains("about another content of assurance.csv");
    sign(auditors, "assurance");
    Path signature = AssurerCheck.signatureOf(file);
    String signed = Files.readString(signature);
    Files.writeString(signature, signed.replace("2025-Q4", "2026-Q4"));
    assertThat(faultOfSignature()).contains("was changed since it was signed");
    Files.writeString(signature, "bm8=");
    assertThat(faultOfSignature()).contains("is no signed statement");
  }

  @Test
  void aSignatureOfAnotherPeriodIsToldAndCountsForNothing() throws Exception {
    assurance(1e6, "E4");
    KeyPair auditors = assurer("Auditors & Co.");
    sign(
        auditors,
        "assurance",
        AssurerStatement.of(
            "Example AG (made up)", "assurance", ReportingPeriod.parse("2024"), file("assurance")));
    Assessment assessment = assess();
    assertThat(assessment.faults()).isEmpty();
    assertThat(assessment.remarks())
        .anyMatch(each -> each.contains("is for 2024: for 2025-Q4 no third party has checked"));
    assertThat(result(assessment, "6.3").grade()).contains(Grade.E0);
    sign(
        auditors,
        "assurance",
        AssurerStatement.of(
            "Example AG (made up)", "assurance", ReportingPeriod.parse("2025"), file("assurance")));
    assertThat(result(assess(), "6.3").grade()).contains(Grade.E4);
  }

  @Test
  void anAssurerCanSignThatThereWasNothing() throws Exception {
    table("credits", "credit,retired_on,carbon_kg,netted_into\n");
    assurance(1e6, "E4");
    KeyPair auditors = assurer("Auditors & Co.");
    sign(auditors, "assurance");
    assertThat(result(assess(), "7.2").verdict()).isEqualTo(Verdict.UNKNOWN);
    sign(auditors, "credits");
    assertThat(result(assess(), "7.2").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aStatedBaseIsAClaimUnlessAStatementOfThatYearHasIt() throws Exception {
    profile("target: {base_year: 2020, base_carbon_kg: 1000, yearly_reduction: 0.01}\n");
    assertThat(result(assess(), "7.1").grade()).contains(Grade.E0);
    assertThat(result(assess(), "7.1").reasons())
        .anyMatch(reason -> reason.startsWith("the stated base is a claim"));
    String statement =
        "statement,provider,level,from,to,carbon_kg\ns,auditors,limited,2020-01-01,2021-01-01,";
    table("assurance", statement + "900\n");
    assertThat(result(assess(), "7.1").grade()).contains(Grade.E0);
    table("assurance", statement + "1040\n");
    assertThat(result(assess(), "7.1").grade()).contains(Grade.E0);
    sign(assurer("auditors"), "assurance");
    assertThat(result(assess(), "7.1").grade()).contains(Grade.E3);
  }

  @Test
  void aBaselineThatReachesIntoThePeriodIsNone() throws IOException {
    Path file = folder.resolve("org.yaml");
    Files.writeString(file, Files.readString(file).replace("2025-Q1", "2025-11"));
    assertThat(result(assess(), "4.2").reasons())
        .containsExactly("the baseline 2025-11 does not end before 2025-Q4");
  }

  @Test
  void whatWasAddedToTheBaselineSinceItWasFrozenIsTold() throws IOException {
    String remark = "usage of the baseline may have been added or removed since it was frozen";
    assertThat(result(assess(), "4.2").reasons()).anyMatch(each -> each.startsWith(remark));
    assertThat(result(assess(), "5.1").reasons()).anyMatch(each -> each.startsWith(remark));
    Path file = folder.resolve("org.yaml");
    Files.writeString(file, Files.readString(file).replace("2025-04-15", "2026-11-27"));
    assertThat(result(assess(), "4.2").reasons()).noneMatch(each -> each.startsWith(remark));
  }

  @Test
  void aServiceWhoseLatencyIsNotKnownOverThePeriodLeavesItUnknown() throws IOException {
    List<String> latency = lines("latency");
    table(
        "latency",
        String.join("\n", latency.subList(0, latency.size() - 1))
            + "\nstudio,2025-10-01,2025-11-01,7200,10000\n");
    IndicatorResult burden = result(assess(), "5.2");
    assertThat(burden.results().get(2).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(burden.reasons()).contains("no latency over nine tenths of the period: studio");
  }

  @Test
  void aFewForecastDaysTellNoSkill() throws IOException {
    List<String> forecasts = lines("forecasts");
    table(
        "forecasts",
        String.join("\n", forecasts.subList(0, 1))
            + "\n"
            + String.join("\n", forecasts.subList(forecasts.size() - 20, forecasts.size())));
    IndicatorResult skill = result(assess(), "4.5");
    assertThat(skill.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(skill.reasons().get(0)).contains("50 % of them must");
  }

  @Test
  void aBudgetCoversItsPartOfThePeriodAndBudgetsOfAServiceAddUp() throws IOException {
    String half = "assistant,lead,2025-10-01,2025-11-16,%s\n";
    String rest = "assistant,lead,2025-11-16,2026-01-01,%s\n";
    String header = "service,owner,from,to,carbon_kg\n";
    table("budgets", header + half.formatted("1e6"));
    double covered = value(assess(), "4.1");
    table("budgets", header + half.formatted("1e6") + rest.formatted("0"));
    Assessment whole = assess();
    assertThat(value(whole, "4.1")).isCloseTo(2 * covered, within(1e-6));
    assertThat(result(whole, "4.1").worthKg().orElseThrow().value()).isZero();
    table("budgets", header + half.formatted("0") + rest.formatted("0"));
    assertThat(result(assess(), "4.1").worthKg().orElseThrow().value()).isPositive();
  }

  @Test
  void aSavingWithoutAnIntervalProvesNothing() throws IOException {
    String rebound =
        """
        measure,from,to,engineering_saving_kg,net_saving_kg,low_kg,high_kg,method
        a,2025-07-01,2026-01-01,100,60,%s,did
        b,2025-10-01,2026-01-01,100,100,90,110,did
        """;
    table("rebound", rebound.formatted(","));
    assertThat(result(assess(), "7.4").verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(result(assess(), "7.4").reasons().get(0)).contains("line 2", "give low_kg");
    table("rebound", rebound.formatted("50,70"));
    // Of the first, half lies in the quarter.
    assertThat(value(assess(), "7.4")).isCloseTo(1 - 130.0 / 150, within(1e-3));
    String demand =
        "test,from,to,outputs,outputs_stewarded,effect_percent,low_percent,high_percent\n";
    table("demand", demand + "t,2025-10-01,2026-01-01,100,90,-5,,\n");
    IndicatorResult stewarded = result(assess(), "7.5");
    assertThat(stewarded.results().get(0).verdict()).isEqualTo(Verdict.PASS);
    assertThat(stewarded.results().get(1).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(stewarded.reasons()).contains("without low_percent and high_percent: t");
  }

  @Test
  void workOnDevicesStaysWhereItIs() throws IOException {
    copy(demo.ledger(), folder.resolve("ledger"));
    Ledger ledger = Ledger.open(folder.resolve("ledger"));
    Path usage = folder.resolve("devices.csv");
    Files.writeString(
        usage,
        """
        timestamp,model,site,team,app,requests,input_tokens,output_tokens,modality
        2025-02-03T10:00:00Z,llama-3.1-8b-instruct,rtx-4090@DE,lab,notes,100,10000,90000,text
        2025-11-03T10:00:00Z,llama-3.1-8b-instruct,rtx-4090@FR,lab,notes,100,10000,90000,text
        """);
    new LedgerIngest(CARD, NOW, Reading.SILENT, "test")
        .ingest(
            ledger,
            Duration.ZERO,
            List.of(usage),
            UsageDefaults.NONE,
            folder.resolve("quarantine.jsonl"));
    assertThat(folder.resolve("quarantine.jsonl")).doesNotExist();
    assertThat(value(assess(ledger, QUARTER), "5.1")).isBetween(20.0, 50.0);
  }

  private double worthKg(String id) {
    return result(assess(), id).worthKg().orElseThrow().value();
  }

  @Test
  void whatActionsAreWorthReachesUpToTheThresholdOfTheProfile() throws IOException {
    table(
        "benchmarks",
        """
        service,measured_on,unit,wh_per_unit,quality
        assistant,2024-12-01,1k,1,1
        assistant,2025-12-01,1k,1,1
        """);
    double tenthKg = worthKg("5.6");
    double idleKg = worthKg("5.5");
    profile("thresholds: {\"5.6\": -20, \"5.5\": 90}\n");
    assertThat(worthKg("5.6")).isCloseTo(2 * tenthKg, within(1e-9));
    assertThat(worthKg("5.5")).isGreaterThan(idleKg);
    double atSitesInUseKg = worthKg("5.5");
    table("idle", lines("idle").get(0) + "\nDE,2025-10-01,2026-01-01,0,0,0\n");
    // What is left is the making of accelerators that nobody would need.
    assertThat(worthKg("5.5")).isBetween(0.01 * atSitesInUseKg, 0.99 * atSitesInUseKg);
    Files.delete(evidence.resolve("benchmarks.csv"));
    assertThat(result(assess(), "5.6").worthKg()).isEmpty();
    table(
        "utilisation", "site,from,to,provisioned_hours,busy_hours\nDE,2025-01-01,2026-01-01,0,0\n");
    assertThat(result(assess(), "5.5").worthKg()).isEmpty();
  }

  @Test
  void requestsOfAServiceThatALargerModelAnsweredCountOnce() throws IOException {
    String row = "assistant,2025-10-01,2026-01-01,%s,0\n";
    String header = "service,from,to,eligible_requests,smallest_requests\n";
    table("router", header + row.formatted("1e12"));
    double allKg = worthKg("5.4");
    table("router", header + row.formatted("1000"));
    double someKg = worthKg("5.4");
    table("router", header + row.formatted("2000"));
    assertThat(worthKg("5.4")).isCloseTo(2 * someKg, within(1e-9));
    assertThat(allKg).isGreaterThan(someKg);
  }

  @Test
  void theTargetPathFallsByAShareOfTheBaseEachYear() throws IOException {
    profile("target: {base_year: 2020, base_carbon_kg: 1000, yearly_reduction: 0.1}\n");
    Assessment assessment = assess();
    double actualKg = 1000 * 0.25 * 0.5 * value(assessment, "7.1");
    profile("");
    assertThat(actualKg).isBetween(100.0, 250.0);
    assertThat(result(assessment, "7.1").reasons().get(0)).contains("base year 2020 as stated");
  }

  @Test
  void assessmentsAreKeptInTheChainOfSealsAndTwoOfThemMakeALevel() throws IOException {
    copy(demo.ledger(), folder.resolve("ledger"));
    Ledger ledger = Ledger.open(folder.resolve("ledger"));
    Assessment first = assess(ledger, ReportingPeriod.parse("2025-Q3"));
    Seal seal = AssessmentHistory.keep(ledger, first, json(first), "test", Duration.ZERO, NOW);
    assertThat(seal.kind()).isEqualTo(Seal.Kind.RECORD);
    Assessment second = assess(ledger, QUARTER);
    assertThat(first.reached()).isEqualTo(3);
    assertThat(second.standing()).isEqualTo(new Standing(3, false, Optional.empty()));
    assertThat(second.seal()).isNotEqualTo(first.seal());
    assertThat(Verification.of(ledger, "", (files, of) -> {}).findings()).isEmpty();
    changeARecord(ledger.folder());
    assertThatThrownBy(() -> AssessmentHistory.of(ledger.snapshot(), first.organisation()))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("was changed since it was sealed");
    assertThat(Verification.of(ledger, "", (files, of) -> {}).findings()).isNotEmpty();
  }

  private static String json(Assessment assessment) {
    return "{\"organisation\": \"%s\", \"period\": \"%s\", \"reached\": %d}"
        .formatted(assessment.organisation(), assessment.period(), assessment.reached());
  }

  private static void changeARecord(Path ledger) throws IOException {
    try (Stream<Path> records = Files.list(ledger.resolve("records"))) {
      Path file = records.findFirst().orElseThrow();
      Files.writeString(file, Files.readString(file).replace("\"reached\": 3", "\"reached\": 7"));
    }
  }
}
