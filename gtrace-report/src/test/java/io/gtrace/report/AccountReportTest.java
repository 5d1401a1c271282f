package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.Account;
import io.gtrace.ledger.Dimension;
import io.gtrace.trace.Provenance;
import io.gtrace.trace.Tier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class AccountReportTest {
  private static final ReportContext CONTEXT =
      ReportContext.at(Instant.parse("2025-04-01T09:30:00Z"));

  private static List<NamedCsvRecord> rows(Account account) {
    return CsvReader.builder().ofNamedCsvRecord(AccountReport.of(account, CONTEXT).csv()).stream()
        .toList();
  }

  private static double sum(List<NamedCsvRecord> rows, String dimension, String column) {
    return rows.stream()
        .filter(row -> row.getField("dimension").equals(dimension))
        .mapToDouble(row -> Double.parseDouble(row.getField(column)))
        .sum();
  }

  @Test
  void theLinesOfEveryDimensionAddUpToTheTotalInTheCsv() {
    List<NamedCsvRecord> rows = rows(SampleAccounts.company());
    for (Dimension dimension : Dimension.values()) {
      for (String column : List.of("activities", "tokens", "energy_kwh", "carbon_kg", "water_l")) {
        double total = sum(rows, "total", column);
        assertThat(sum(rows, dimension.label(), column))
            .as(dimension + " " + column)
            .isCloseTo(total, within(1e-9 * total));
      }
    }
  }

  @Test
  void everyLineIsInTheCsvAndTheJson() {
    Account large = SampleAccounts.large();
    assertThat(rows(large).stream().map(row -> row.getField("key"))).contains("app 0", "app 999");
    assertThat(AccountReport.of(large, CONTEXT).json()).contains("\"app 0\"", "\"app 999\"");
  }

  @Test
  void aLongListIsFoldedForPeopleWithoutLosingAnything() {
    Account large = SampleAccounts.large();
    List<Account.Line> folded = Lines.folded(large.by(Dimension.APP));
    assertThat(folded).hasSize(21);
    assertThat(folded.get(20).key()).isEqualTo("others (980)");
    double sum = folded.stream().mapToDouble(line -> line.footprint().carbonKg().median()).sum();
    double total = large.total().footprint().carbonKg().median();
    assertThat(sum).isCloseTo(total, within(1e-9 * total));
    assertThat(AccountReport.of(large, CONTEXT).markdown())
        .contains("others (980)", "others (10)")
        .doesNotContain("| app 0 |");
  }

  @Test
  void namesAreNoFormulasInASpreadsheet() {
    assertThat(rows(SampleAccounts.hostile()).stream().map(row -> row.getField("key")))
        .contains("'=HYPERLINK(\"http://x\")", "'@SUM(A1)\n| a | b |")
        .noneMatch(key -> key.startsWith("=") || key.startsWith("@"));
  }

  @Test
  void theJsonIsWellFormedAndKeepsNamesAsTheyAre() {
    List<String> texts = new ArrayList<>();
    String json = AccountReport.of(SampleAccounts.hostile(), CONTEXT).json();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          texts.add(parser.getString());
        }
      }
    }
    assertThat(texts)
        .contains(SampleAccounts.HOSTILE, "=HYPERLINK(\"http://x\")", "@SUM(A1)\n| a | b |");
  }

  @Test
  void noNameEndsTheScriptElementThatHoldsTheCharts() {
    String html = AccountReport.of(SampleAccounts.hostile(), CONTEXT).html();
    assertThat(html.split("</script>", -1)).hasSize(5);
    assertThat(html).contains("\\u003c/script\\u003e");
  }

  @Test
  void namesAreNoMarkupInMarkdown() {
    String markdown = AccountReport.of(SampleAccounts.hostile(), CONTEXT).markdown();
    assertThat(markdown)
        .doesNotContain("<b", "<img", "</script")
        .contains("@SUM(A1) \\| a \\| b \\|")
        .contains("\\`=cmd\\`");
  }

  @Test
  void aPassedLeverTakesItsPlaceAmongThoseOfTheAccount() {
    Account account = SampleAccounts.company();
    double all = account.total().footprint().carbonKg().median();
    Lever small = new Lever("Small", new Quantity(all * 1e-6, 0, all), "priced");
    Lever large = new Lever("Large", new Quantity(all, 0, all), "priced");
    List<Lever> levers =
        AccountFindings.of(account, CONTEXT.withLevers(List.of(small, large))).levers();
    assertThat(levers.get(0)).isEqualTo(large);
    assertThat(levers.get(levers.size() - 1)).isEqualTo(small);
    assertThat(levers)
        .extracting(Lever::action)
        .anyMatch(action -> action.endsWith("in eu-north-1"));
  }

  @Test
  void movingAllWorkOfASiteToACleanerGridSavesLessThanTheSiteEmits() {
    Account account = SampleAccounts.company();
    Account.Line site = account.by(Dimension.SITE).get(0);
    Lever lever =
        OwnLevers.of(account).stream()
            .filter(one -> one.action().contains(site.key()))
            .findFirst()
            .orElseThrow();
    assertThat(lever.savedCarbonKg().low()).isPositive();
    assertThat(lever.savedCarbonKg().median())
        .isLessThan(site.footprint().operationalLocationBasedKg().median());
  }

  @Test
  void anAccountOfOnePlaceAndOneModelStillHasALever() {
    assertThat(OwnLevers.of(SampleAccounts.large()))
        .singleElement()
        .satisfies(lever -> assertThat(lever.action()).contains("gpt-4o"));
  }

  @Test
  void aSharedErrorCancelsInAShare() {
    Account account = SampleAccounts.large();
    assertThat(AccountFindings.of(account, CONTEXT).heaviest())
        .isNotEmpty()
        .allSatisfy(heaviest ->
            assertThat(heaviest.carbon().high()).isCloseTo(heaviest.carbon().low(), within(1e-9)));
  }

  @Test
  void hoursBecomeDaysWhereThereAreTooManyAndQuietStepsStay() {
    Timeline timeline = new Timeline(SampleAccounts.company().by(Dimension.HOUR));
    assertThat(timeline.stepFor(400)).isEqualTo(Timeline.Step.DAY);
    assertThat(timeline.stepFor(600)).isEqualTo(Timeline.Step.HOUR);
    assertThat(timeline.points(Timeline.Step.DAY)).hasSize(21);
    Timeline sparse = new Timeline(SampleAccounts.large().by(Dimension.HOUR));
    assertThat(sparse.stepFor(400)).isEqualTo(Timeline.Step.MONTH);
    assertThat(sparse.points(Timeline.Step.HOUR)).anyMatch(point -> point.line().isEmpty());
  }

  @Test
  void aFewStepsAreColumnsAndManyAreALine() {
    Charts.Chart few = overTime(SampleAccounts.anHourOrSo());
    assertThat(few.kind()).isEqualTo(Charts.Kind.COLUMNS);
    assertThat(few.bars()).hasSize(2);
    assertThat(overTime(SampleAccounts.company()).kind()).isEqualTo(Charts.Kind.BAND);
  }

  private static Charts.Chart overTime(Account account) {
    return Charts.of(Dimension.HOUR, List.of(), account).get(0);
  }

  @Test
  void hoursThatAreNotWholeAreNamed() {
    Account account = SampleAccounts.anHourOrSo();
    assertThat(overTime(account).caption())
        .endsWith("The first hour is known from 00:15, the last until 01:14");
    assertThat(AccountReport.of(account, CONTEXT).markdown())
        .contains("1 March 2025, 00:15 to 01:14 UTC")
        .contains("| 1 Mar 2025 00:00 (from 00:15) |", "| 1 Mar 2025 01:00 (until 01:14) |");
    // Three weeks by the hour begin with a day and end within its last hour.
    assertThat(overTime(SampleAccounts.company()).caption()).doesNotContain("known");
  }

  @Test
  void figuresInTablesHaveThreeDigitsAsEverywhere() {
    for (Account account : List.of(SampleAccounts.company(), SampleAccounts.neighbours())) {
      for (Dimension dimension : Dimension.values()) {
        LineTable table =
            LineTable.of("Key", Lines.folded(account.by(dimension)), account, Map.of());
        for (LineTable.Row row : table.rows()) {
          for (LineTable.Cell cell : List.of(row.carbon(), row.energy(), row.water())) {
            for (String figure : (cell.value() + " to " + cell.range()).split(" to ", -1)) {
              assertThat(new BigDecimal(figure.replace(",", "")).stripTrailingZeros().precision())
                  .as(figure)
                  .isLessThanOrEqualTo(3);
            }
          }
        }
      }
    }
  }

  @Test
  void leversAreToldInWholeSentences() {
    for (Account account : List.of(SampleAccounts.company(), SampleAccounts.large())) {
      AccountPage page = new AccountPage(AccountFindings.of(account, CONTEXT));
      assertThat(page.levers())
          .isNotEmpty()
          .allSatisfy(lever ->
              assertThat(lever.share() + " " + lever.basis())
                  .startsWith("That is ")
                  .endsWith(".")
                  .doesNotContainPattern("[.] [a-z]"));
    }
  }

  @Test
  void whatIsKnownOfPartOfTheElectricityIsToldWithThatPartAndAddedToNothing() {
    Account account = SampleAccounts.partlyContracted();
    AccountReport report = AccountReport.of(account, CONTEXT);
    String figure =
        Figures.of(
            Impact.OPERATIONAL_MARKET_BASED_KG,
            List.copyOf(account.knownParts().values())
                .get(0)
                .operationalMarketBasedKg()
                .orElseThrow());
    assertThat(report.markdown()).contains(figure + ", known for 20 % of the electricity |");
    assertThat(report.html()).contains(figure + "<small>known for 20 % of the electricity</small>");
    assertThat(report.json())
        .contains("\"knownParts\":{\"operationalMarketBasedKg\":{\"known\":{\"median\":")
        .contains("\"operationalMarketBasedKg\":null");
    List<NamedCsvRecord> parts =
        rows(account).stream()
            .filter(row -> row.getField("dimension").equals("known_part"))
            .filter(row -> row.getField("key").equals("operational_market_based_kg"))
            .toList();
    assertThat(parts).hasSize(1);
    assertThat(sum(parts, "known_part", "operational_market_based_kg")).isPositive();
    assertThat(sum(parts, "known_part", "energy_kwh"))
        .isCloseTo(0.2 * account.total().footprint().energyKwh().median(), withinPercentage(5.0));
    assertThat(report.markdown())
        .contains("| Carbon | " + Figures.carbon(account.total().footprint().carbonKg()));
    assertThat(AccountReport.of(SampleAccounts.company(), CONTEXT).markdown())
        .doesNotContain("% of the electricity");
  }

  @Test
  void noLineEndsBetweenANumberAndItsUnit() {
    String html = AccountReport.of(SampleAccounts.company(), CONTEXT).html();
    String summary = html.substring(html.indexOf("<p class=\"summary\">"), html.indexOf("<nav"));
    assertThat(summary)
        .containsPattern("\\d\u00a0(k|M)?Wh of electricity")
        .containsPattern("\\d\u00a0(k?g|t)\u00a0CO2e and")
        .doesNotContainPattern("\\d (k?g|t|[kM]?Wh|L) ");
    assertThat(html).doesNotContainPattern("<(fig)?caption>[^<]*\\d %");
    assertThat(Unit.unbroken("5 kg CO2e, 3 m³, 62 % (58 to 66) of 4 models"))
        .isEqualTo("5\u00a0kg\u00a0CO2e, 3\u00a0m³, 62\u00a0% (58 to 66) of 4 models");
  }

  @Test
  void nothingAccountedIsAReportOfNothing() {
    AccountReport report = AccountReport.of(SampleAccounts.empty(), CONTEXT);
    assertThat(report.markdown()).contains("0 activities");
    assertThat(report.html()).contains("0 activities");
    assertThat(report.json()).contains("\"activities\":0");
    assertThat(report.csv().lines()).hasSize(2);
  }

  @Test
  void sourcesAndNotesAreInEveryFormForPeople() {
    Provenance source = new Provenance(Tier.MEASURED, "Meter readings of 2024", 2024, "CC-BY-4.0");
    AccountReport report =
        AccountReport.of(SampleAccounts.company(), CONTEXT.withSources(List.of(source)));
    for (String form : List.of(report.markdown(), report.html())) {
      assertThat(form)
          .contains("Meter readings of 2024", "eu-west-9 is not known", "17 rows were refused");
    }
  }
}
