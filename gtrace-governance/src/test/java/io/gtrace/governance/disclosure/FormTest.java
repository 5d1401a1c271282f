package io.gtrace.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.footprint.Impact;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.Score;
import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.Assessor;
import io.gtrace.governance.pyramid.IndicatorResult;
import io.gtrace.governance.pyramid.IndicatorResult.CriterionResult;
import io.gtrace.governance.pyramid.Pyramid;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.store.RollupFiles.Pricing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms of a small ledger with a profile and evidence. */
class FormTest {
  @TempDir static Path shared;

  @TempDir Path folder;
  private Organisation organisation = new Organisation(Path.of(""));

  @BeforeAll
  static void fillLedger() {
    Organisation.withLedger(shared.resolve("first"));
  }

  @BeforeEach
  void makeOrganisation() {
    organisation =
        Organisation.in(folder.resolve("organisation"))
            .withLedgerOf(new Organisation(shared.resolve("first")));
  }

  private static double number(Form form, String field) {
    return form.entry(field).orElseThrow().answers().get(0).number().orElseThrow();
  }

  private static List<String> missing(Form form) {
    return form.missing().stream().map(each -> each.field().id()).toList();
  }

  private static List<String> breaches(Form form) {
    return form.breaches().stream().map(Breach::toString).toList();
  }

  private LedgerQuery query() {
    return LedgerQuery.open(organisation.ledger(), Pricing.CURRENT);
  }

  private static double asked(LedgerQuery query, String sql) {
    List<Object> answer = new ArrayList<>();
    query.sql(
        sql,
        new LedgerQuery.Rows() {
          @Override
          public void columns(List<String> names) {}

          @Override
          public boolean row(List<Optional<Object>> values) {
            answer.add(values.get(0).orElseThrow());
            return true;
          }
        });
    assertThat(answer).as(sql).hasSize(1);
    return ((Number) answer.get(0)).doubleValue();
  }

  @Test
  void everyQueryGivesItsFigure() {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Form form : organisation.withEverything().forms()) {
      for (Entry entry : form.entries()) {
        for (Answer answer : entry.answers()) {
          if (answer instanceof Answer.Computed computed && computed.figure().trace().isWhole()) {
            values.put(
                computed.figure().trace().sql().orElseThrow(), computed.figure().value().value());
          }
        }
      }
    }
    assertThat(values).hasSizeGreaterThan(40);
    try (LedgerQuery query = query()) {
      values.forEach((sql, value) ->
          assertThat(asked(query, sql)).as(sql).isCloseTo(value, within(1e-9 * Math.abs(value))));
    }
  }

  @Test
  void everyFigureNamesASealOfTheLedger() {
    String head = organisation.ledger().head().seal();
    for (Form form : organisation.withEverything().forms()) {
      form.entries().stream()
          .flatMap(entry -> entry.answers().stream())
          .filter(Answer.Computed.class::isInstance)
          .map(answer -> ((Answer.Computed) answer).figure().trace())
          .forEach(trace -> {
            assertThat(trace.seal()).isEqualTo(head);
            assertThat(trace.sql().isPresent() || !trace.evidence().isEmpty()).isTrue();
            assertThat(trace.evidence()).allMatch(each -> each.contains("(sha256:"));
          });
    }
  }

  @Test
  void formsOfTheExampleAreWholeAndKeepTheirRules() {
    for (String standard : List.of("ghg", "sci", "sci-ai")) {
      Form form = organisation.form(standard);
      assertThat(missing(form)).as(standard).isEmpty();
      assertThat(breaches(form)).as(standard).isEmpty();
      assertThat(form.remarks()).as(standard).isEmpty();
    }
  }

  @Test
  void noFormOfTheWholeOrganisationBreaksARuleButForWhatIsMissing() {
    for (Form form : organisation.withEverything().forms()) {
      assertThat(breaches(form))
          .as(form.standard().id())
          .allMatch(each -> each.startsWith("PRESENT"));
    }
  }

  @Test
  void totalsOfScopesAddUpAndTheTwoMethodsStayApart() {
    Form ghg = organisation.form("ghg");
    double rest = number(ghg, "scope-1") + number(ghg, "scope-3");
    assertThat(number(ghg, "total-location"))
        .isCloseTo(rest + number(ghg, "scope-2-location"), within(1e-12));
    assertThat(number(ghg, "total-market"))
        .isCloseTo(rest + number(ghg, "scope-2-market"), within(1e-12));
    assertThat(number(ghg, "scope-1")).isCloseTo(0.4 * 90 / 365, within(1e-12));
    assertThat(number(ghg, "energy-location")).isEqualTo(number(ghg, "energy-market"));
  }

  @Test
  void scopesSplitTheLedgerWithoutLossOrDoubleCount() {
    organisation.without("inventory");
    organisation.evidence(
        "inventory",
        "source,scope,category,from,to,carbon_kg\nnone,scope-1,,2026-01-01,2027-01-01,0\n");
    double all = organisation.facts(facts -> facts.ledger().carbonKg()) / 1000;
    assertThat(number(organisation.form("ghg"), "total-location")).isCloseTo(all, within(1e-12));
  }

  @Test
  void aScoreIsThatOfTheModality() {
    double expected =
        organisation.facts(facts ->
            Optional.ofNullable(Score.byModality(facts, Organisation.PERIOD).get("text"))
                .orElseThrow()
                .footprint()
                .median(Impact.CARBON_KG));
    Answer text =
        organisation.form("sci").entry("score").orElseThrow().answers().stream()
            .filter(each -> each.key().equals("text"))
            .findFirst()
            .orElseThrow();
    assertThat(text.number().orElseThrow()).isCloseTo(expected * 1e3 / 367_400 * 1e6, within(1e-9));
  }

  @Test
  void videosCountByTheSecondWhereAllOfThemTellTheirLength() {
    organisation.file(
        "more.jsonl",
        """
        {"when":"2026-02-03T10:00:00Z","model":"ltx-video","app":"studio","region":"DE","activity":"video","count":3,"frames":120,"fps":24}
        """);
    organisation.ingest(organisation.folder().resolve("more.jsonl"));
    Score told = organisation.facts(facts -> video(facts));
    assertThat(told.unit()).isEqualTo(Score.SECOND_OF_VIDEO);
    Figure units =
        ((Answer.Computed)
                organisation.form("sci").entry("units").orElseThrow().answers().stream()
                    .filter(each -> each.key().equals("video"))
                    .findFirst()
                    .orElseThrow())
            .figure();
    try (LedgerQuery query = query()) {
      assertThat(asked(query, units.trace().sql().orElseThrow()))
          .isCloseTo(told.units(), within(1e-9));
    }
    organisation.file(
        "silent.jsonl",
        """
        {"when":"2026-02-04T10:00:00Z","model":"ltx-video","app":"studio","region":"DE","activity":"video","count":2}
        """);
    organisation.ingest(organisation.folder().resolve("silent.jsonl"));
    assertThat(organisation.facts(facts -> video(facts)).unit()).isEqualTo(Score.VIDEO);
  }

  private static Score video(Facts facts) {
    return Optional.ofNullable(Score.byModality(facts, Organisation.PERIOD).get("video"))
        .orElseThrow();
  }

  @Test
  void consumerAndProviderScoresAreTwoScores() {
    Form form = organisation.form("sci-ai");
    Entry provider = form.entry("provider-score").orElseThrow();
    assertThat(provider.answers())
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.key()).isEqualTo("our fine-tune");
          assertThat(answer.accounts()).contains(Account.PROVIDER).doesNotContain(Account.CONSUMER);
        });
    assertThat(form.entry("consumer-score").orElseThrow().answers())
        .noneMatch(each -> each.key().equals("training"))
        .allMatch(each -> each.accounts().contains(Account.CONSUMER));
  }

  @Test
  void aRunThatTheLedgerLacksBreaksTheCoverageOfRuns() {
    organisation.more(
        "evidence/training.csv",
        "r2,our fine-tune,aborted,2026-02-01,2026-02-02,1e19,10,estimated,no");
    assertThat(breaches(organisation.form("sci-ai")))
        .singleElement()
        .asString()
        .startsWith("COV runs: 50 is below 100");
    assertThat(organisation.form("eu-ai-act-xi").entry("energy-method").orElseThrow().answers())
        .extracting(Answer::shown)
        .containsExactly("estimated");
  }

  @Test
  void energyOfTrainingThatNobodyMeasuredIsEstimated() {
    organisation.evidence(
        "training",
        """
        run,model,outcome,from,to,flop,in_ledger
        r1,our fine-tune,final,2026-03-01,2026-03-02,4.1e20,yes
        """);
    Form form = organisation.form("eu-ai-act-xi");
    assertThat(form.entry("energy-method").orElseThrow().answers().get(0).shown())
        .startsWith("estimated");
    assertThat(number(form, "energy")).isCloseTo(0.351288, within(1e-9));
    assertThat(missing(form)).doesNotContain("carbon");
  }

  @Test
  void anAudienceReadsOnlyItsFields() {
    Form all = organisation.form("eu-ai-act-xi");
    Form downstream = all.forAudience("downstream");
    assertThat(all.entry("compute")).isPresent();
    assertThat(downstream.entry("compute")).isEmpty();
    assertThat(downstream.entry("provider")).isPresent();
  }

  @Test
  void aStatedRatioIsHeldAgainstItsInputs() {
    organisation
        .withEverything()
        .evidence(
            "sites", "site,site_class,year,installed_it_kw,pue,ref\nDE,on-prem,2026,800,1.1,0.5\n");
    assertThat(breaches(organisation.form("eu-datacentre")))
        .singleElement()
        .asString()
        .startsWith("EQ pue: DE: is 1.1, and should be 1.2");
  }

  @Test
  void creditsThatAreTakenOffBreakTheForm() {
    organisation.evidence(
        "credits", "credit,retired_on,carbon_kg,netted_into\nVCS-1,2026-03-31,50,location-based\n");
    assertThat(breaches(organisation.form("ghg")))
        .singleElement()
        .asString()
        .startsWith("UNIT credits-netted: 0.05 is above 0");
  }

  @Test
  void aFlowThatIsBookedTwiceIsNotAssigned() {
    organisation.more(
        "evidence/register.csv",
        "lab,training,FLOP,provider,scope-3,cat-1,Example Ltd,research,2026-02-01");
    assertThat(breaches(organisation.form("ghg")))
        .singleElement()
        .asString()
        .startsWith("COV assigned: ");
  }

  @Test
  void aMissingMarketBasedFactorIsNoZero() {
    organisation.file(
        "evidence/register.csv",
        """
        service,modality,persona,scope,category
        studio,video,consumer,scope-2,electricity
        """);
    Form form = organisation.form("ghg");
    assertThat(missing(form)).contains("scope-2-market", "total-market");
    assertThat(form.entry("scope-2-market").orElseThrow().reason())
        .contains("no market-based factor");
    assertThat(breaches(form)).anyMatch(each -> each.startsWith("EQ energy-market"));
  }

  @Test
  void whatIsMissingIsNamedWithWhereItBelongs() {
    organisation.without("register").without("inventory");
    Form form = organisation.form("ghg");
    assertThat(missing(form)).contains("scope-1", "scope-2-location", "cat-1", "cat-11");
    assertThat(form.entry("scope-2-location").orElseThrow().reason())
        .isEqualTo(
            "hand in register.csv (Register of AI services); or state it as disclosure: ghg:"
                + " scope-2-location in the profile");
  }

  @Test
  void whatTheProfileSaysWronglyIsToldWithItsLineAndTheRestIsKept() {
    organisation.file(
        "org.yaml",
        """
        organisation: Example
        disclosure:
          ghg:
            consolidation: by feeling
            scope-one: 12
            cat-12: a lot
          sci-ai:
            inception: "not applicable: no"
        """);
    Form form = organisation.form("ghg");
    assertThat(form.remarks())
        .hasSize(3)
        .anyMatch(each -> each.contains("line 5") && each.contains("is no field of ghg"))
        .anyMatch(each -> each.contains("line 4") && each.contains("operational control"))
        .anyMatch(each -> each.contains("line 6") && each.contains("give it in tCO2e"));
    assertThat(missing(form)).contains("consolidation").doesNotContain("scope-1");
    assertThat(organisation.form("sci-ai").remarks()).singleElement().asString().contains("reason");
  }

  @Test
  void statementsOfTheProfileStandInAndAreNoEvidence() {
    organisation.without("inventory").more("org.yaml", "    scope-1: 0.5");
    Form form = organisation.form("ghg");
    Answer scope1 = form.entry("scope-1").orElseThrow().answers().get(0);
    assertThat(scope1.number().orElseThrow()).isEqualTo(0.5);
    assertThat(scope1.isVersioned()).isFalse();
    assertThat(scope1.origin()).contains("org.yaml, line 19");
  }

  @Test
  void whatTheInventoryAloneGivesIsTracedToIt() {
    Figure scope1 =
        ((Answer.Computed) organisation.form("ghg").entry("scope-1").orElseThrow().answers().get(0))
            .figure();
    assertThat(scope1.trace().sql()).isEmpty();
    assertThat(scope1.trace().question(Path.of("ledger")))
        .startsWith("evidence/inventory.csv, line 2 (sha256:");
  }

  @Test
  void hostileNamesStayNamesInQueries() {
    String name = "it's $(touch /tmp/gtrace-owned) \"`x`\" ! \\";
    organisation.file(
        "more.jsonl",
        "{\"request_id\":\"x\",\"when\":\"2026-03-03T10:00:00Z\",\"model\":\"gpt-4o\",\"app\":\""
            + name.replace("\\", "\\\\").replace("\"", "\\\"")
            + "\",\"region\":\"DE\",\"input_tokens\":500000,\"output_tokens\":300000}\n");
    organisation.ingest(organisation.folder().resolve("more.jsonl"));
    organisation.more(
        "evidence/register.csv",
        "\"" + name.replace("\"", "\"\"") + "\",text,token,consumer,scope-3,cat-1,E,x,2026-02-01");
    Form form = organisation.form("ghg");
    assertThat(breaches(form)).isEmpty();
    Figure cat1 = ((Answer.Computed) form.entry("cat-1").orElseThrow().answers().get(0)).figure();
    try (LedgerQuery query = query()) {
      assertThat(asked(query, cat1.trace().sql().orElseThrow()))
          .isCloseTo(cat1.value().value(), within(1e-12));
    }
    assertThat(cat1.trace().command(Path.of("ledger")).orElseThrow())
        .startsWith("gtrace query --ledger \"ledger\" --format csv 'SELECT ");
  }

  private static CriterionResult criterion(Assessment assessment, String id) {
    IndicatorResult result =
        assessment.levels().stream()
            .flatMap(level -> level.indicators().stream())
            .filter(each -> each.indicator().id().equals(id))
            .findFirst()
            .orElseThrow();
    return result.results().get(0);
  }

  private Assessment assessed() {
    return new Assessor(Pyramid.shipped(), Organisation.CARD)
        .assess(
            organisation.ledger(),
            organisation.profile(),
            Evidence.read(organisation.profile().evidence(), EvidenceKinds.shipped()),
            Organisation.PERIOD,
            List.of());
  }

  @Test
  void thePyramidCountsTheLeastCompleteForm() {
    assertThat(criterion(assessed(), "6.1").estimate().value()).isEqualTo(100);
    organisation.file("org.yaml", "organisation: Example\nstandards: [sci]\n");
    Form sci = organisation.form("sci");
    assertThat(criterion(assessed(), "6.1").estimate().value())
        .isEqualTo(100.0 * sci.filledRequired() / sci.required())
        .isLessThan(100);
  }

  @Test
  void thePyramidTracesTheFiguresOfAManifest() {
    Manifest manifest =
        Manifest.of(
            List.of(organisation.form("ghg"), organisation.form("sci")),
            organisation.ledgerFolder());
    organisation.evidence(
        "figures",
        String.join(",", Manifest.COLUMNS)
            + "\n"
            + manifest.lines().stream()
                .map(line ->
                    line.cells().stream()
                        .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n")));
    Assessment assessment = assessed();
    assertThat(assessment.faults()).isEmpty();
    assertThat(criterion(assessment, "6.2").estimate().value())
        .as(assessment.levels().get(5).indicators().get(1).reasons().toString())
        .isEqualTo(100);
    assertThat(criterion(assessment, "3.6").estimate().value()).isZero();
  }
}
