package io.gtrace.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.activity.Activity;
import io.gtrace.activity.Embedding;
import io.gtrace.activity.ImageGeneration;
import io.gtrace.activity.TextGeneration;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import io.gtrace.footprint.Quantity;
import io.gtrace.ledger.query.QueryLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The functions of SQL say what the Java API says. */
class SqlFunctionsTest {
  private static final GTrace GTRACE = GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW);
  private static final String MOMENT = "2024-05-01T18:30:00Z";

  @TempDir static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        LocalSpark.in(folder)
            .config("spark.sql.extensions", GTraceExtensions.class.getName())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Row first(String sql) {
    return spark.sql(sql).first();
  }

  private static Offset<Double> near(double expected) {
    return within(Math.abs(expected) * 1e-12);
  }

  private static void assertMedians(String arguments, Activity activity) {
    Footprint footprint = GTRACE.estimate(activity);
    // From a table: what is written out would be computed before the query begins.
    Row row =
        first(
            "SELECT gtrace_energy_kwh("
                + arguments
                + "), gtrace_carbon_kg("
                + arguments
                + "), gtrace_water_l("
                + arguments
                + "), gtrace_carbon_marginal_kg("
                + arguments
                + "), gtrace_carbon_operational_kg("
                + arguments
                + "), gtrace_carbon_embodied_kg("
                + arguments
                + ") FROM (SELECT id + 300 AS out FROM range(1))");
    Impact[] impacts = {
      Impact.ENERGY_KWH,
      Impact.CARBON_KG,
      Impact.WATER_L,
      Impact.MARGINAL_KG,
      Impact.OPERATIONAL_LOCATION_BASED_KG,
      Impact.EMBODIED_KG
    };
    for (int i = 0; i < impacts.length; i++) {
      double expected = footprint.median(impacts[i]);
      if (Double.isNaN(expected)) {
        assertThat(row.isNullAt(i)).as(impacts[i].name()).isTrue();
      } else {
        assertThat(row.getDouble(i)).as(impacts[i].name()).isCloseTo(expected, near(expected));
      }
    }
  }

  @Test
  void priceTokens() {
    assertMedians(
        "'gpt-4o', 'eu-west-3', 500, out", TextGeneration.of("gpt-4o", 500, 300).at("eu-west-3"));
    assertMedians("'gpt-4o', NULL, 500, out", TextGeneration.of("gpt-4o", 500, 300));
    assertMedians(
        "'text-embedding-3-small', 'FR', out, NULL",
        Embedding.of("text-embedding-3-small", 300).at("FR"));
  }

  @Test
  void priceByTheHourOfTheGrid() {
    for (String region : new String[] {"DE", "US-CISO", "eu-west-3"}) {
      assertMedians(
          "'gpt-4o', '" + region + "', 500, out, timestamp'" + MOMENT + "', 7, 11, 2",
          new TextGeneration(
              "gpt-4o",
              2,
              500,
              7,
              300,
              11,
              TextGeneration.of("gpt-4o", 500, 300)
                  .at(region)
                  .on(Instant.parse(MOMENT))
                  .context()));
    }
  }

  @Test
  void takeTimesWithoutAZoneAsThoseOfUtc() {
    String call = "gtrace_carbon_operational_kg('gpt-4o', 'DE', 500, out, ";
    String times = "timestamp'" + MOMENT + "'), ";
    SparkSession tokyo = spark.newSession();
    tokyo.conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
    Row row =
        tokyo
            .sql(
                "SELECT "
                    + call
                    + times
                    + call
                    + "timestamp_ntz'2024-05-01 18:30:00'), "
                    + call
                    + "'2024-05-01T18:30:00') FROM (SELECT id + 300 AS out FROM range(1))")
            .first();
    assertThat(row.getDouble(1)).isEqualTo(row.getDouble(0));
    assertThat(row.getDouble(2)).isEqualTo(row.getDouble(0));
  }

  @Test
  void giveTheIntervalOfAnEvent() {
    Footprint footprint =
        GTRACE.estimate(TextGeneration.of("gpt-4o", 500, 300).at("FR").on(Instant.parse(MOMENT)));
    String arguments = "('gpt-4o', 'FR', 500, out, timestamp'" + MOMENT + "')";
    Row row =
        first(
            "SELECT gtrace_carbon_kg_low"
                + arguments
                + ", gtrace_carbon_kg_high"
                + arguments
                + " FROM (SELECT id + 300 AS out FROM range(1))");
    assertThat(row.getDouble(0)).isEqualTo(footprint.carbonKg().low());
    assertThat(row.getDouble(1)).isEqualTo(footprint.carbonKg().high());
    assertThat(row.getDouble(0)).isLessThan(row.getDouble(1));
  }

  @Test
  void sumWithTheIntervalThatALedgerGives() throws IOException {
    Path file = Ledgers.calls(folder.resolve("calls.json"), 0, 3_000);
    Path ledger = folder.resolve("ledger");
    Ledgers.ingest(ledger, List.of(file));
    spark.read().json(file.toString()).repartition(5).createOrReplaceTempView("calls");
    List<Row> rows =
        spark
            .sql(
                "SELECT team, gtrace_sum_carbon_kg(model, region, input_tokens, output_tokens,"
                    + " timestamp(when)) AS carbon, gtrace_sum_water_l(model, region, input_tokens,"
                    + " output_tokens, timestamp(when)) AS water, sum(gtrace_carbon_kg(model,"
                    + " region, input_tokens, output_tokens, timestamp(when))) AS plain,"
                    + " sum(gtrace_carbon_kg_high(model, region, input_tokens, output_tokens,"
                    + " timestamp(when))) AS naive FROM calls GROUP BY team ORDER BY team")
            .collectAsList();
    List<QueryLine> lines = Ledgers.byTeam(ledger);
    assertThat(rows).hasSameSizeAs(lines).isNotEmpty();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      assertThat(row.getString(0)).isEqualTo(lines.get(i).keys().get(0));
      Footprint expected = lines.get(i).footprint();
      requireSame(row.getStruct(1), expected.carbonKg());
      requireSame(row.getStruct(2), expected.waterL());
      assertThat(row.getStruct(1).getDouble(1))
          .isCloseTo(row.getDouble(3), within(1e-9 * row.getDouble(3)));
      // Ends of single intervals added up are wider: variation between calls averages out.
      assertThat(row.getStruct(1).getDouble(2)).isLessThan(row.getDouble(4));
    }
  }

  private static void requireSame(Row figure, Quantity expected) {
    assertThat(figure.getDouble(0)).isCloseTo(expected.low(), nine(expected.low()));
    assertThat(figure.getDouble(1)).isCloseTo(expected.median(), nine(expected.median()));
    assertThat(figure.getDouble(2)).isCloseTo(expected.high(), nine(expected.high()));
  }

  private static Offset<Double> nine(double expected) {
    return within(Math.abs(expected) * 1e-9);
  }

  @Test
  void sumNothingOfWhatIsNoUsage() {
    Row sum =
        first(
            "SELECT gtrace_sum_energy_kwh(m, 'FR', n, 1), gtrace_sum_energy_kwh(m, '@', 1, 1) FROM"
                + " VALUES ('gpt-4o', -1L), (NULL, 5L), ('flux.1-dev', 5L) AS t(m, n)");
    assertThat(sum.getStruct(0).isNullAt(1)).isTrue();
    assertThat(sum.getStruct(1).isNullAt(1)).isTrue();
    assertThatThrownBy(() -> first("SELECT gtrace_sum_energy_kwh('gpt-4o')"))
        .hasMessageContaining("gtrace_sum_energy_kwh takes (model");
  }

  @Test
  void priceAnyModalityByTheNamesOfColumns() {
    ImageGeneration image = ImageGeneration.of("flux.1-dev", 4).sized(1024, 512).at("FR");
    double expected = GTRACE.estimate(image).median(Impact.ENERGY_KWH);
    Row row =
        first(
            "SELECT gtrace_energy_kwh(struct(*)) FROM (SELECT 'flux.1-dev' AS model, 'FR' AS"
                + " Region, id + 4 AS images, 1024 AS width, '512' AS height, array(1) AS other"
                + " FROM range(1))");
    assertThat(row.getDouble(0)).isCloseTo(expected, near(expected));
  }

  @Test
  void priceUnknownNamesWidely() {
    Row row =
        first(
            "SELECT gtrace_carbon_kg(m, 'nowhere-7', 500, 300), gtrace_carbon_kg_low(m,"
                + " 'nowhere-7', 500, 300), gtrace_carbon_kg_high(m, 'nowhere-7', 500, 300) FROM"
                + " (SELECT concat('nobodys-model-', id) AS m FROM range(1))");
    double expected =
        GTRACE
            .estimate(TextGeneration.of("nobodys-model-0", 500, 300).at("nowhere-7"))
            .median(Impact.CARBON_KG);
    assertThat(row.getDouble(0)).isCloseTo(expected, near(expected));
    assertThat(row.getDouble(2) / row.getDouble(1)).isGreaterThan(4);
  }

  @Test
  void areNullForWhatIsNoUsageAndNeverFailAQuery() {
    Row row =
        first(
            "SELECT gtrace_energy_kwh(m, 'FR', -1, 300), gtrace_energy_kwh(NULL, 'FR', 1, id),"
                + " gtrace_energy_kwh(m, 'FR', NULL, NULL), gtrace_energy_kwh(m, 'FR', 1, 1,"
                + " timestamp'1890-01-01'), gtrace_energy_kwh_low(m, '@', 1, 1),"
                + " gtrace_energy_kwh(m, '@', 1, 1), gtrace_energy_kwh('flux.1-dev', 'FR', 1, id),"
                + " gtrace_energy_kwh(m, 'FR', 'many', 'tokens'),"
                + " gtrace_energy_kwh(struct(m AS model)) FROM (SELECT concat('gpt-', 4 + id) AS"
                + " m, id FROM range(1))");
    for (int i = 0; i < row.length(); i++) {
      assertThat(row.isNullAt(i)).as("column " + i).isTrue();
    }
  }

  @Test
  void sayHowTheyAreToBeCalled() {
    assertThatThrownBy(() -> first("SELECT gtrace_energy_kwh('gpt-4o')"))
        .hasMessageContaining("gtrace_energy_kwh takes (model, region, input_tokens");
  }

  @Test
  void shuffleNothingAndMayBeGroupedBy() {
    String sum =
        "SELECT sum(gtrace_carbon_kg(concat('gpt-', 4 + id % 2), 'FR', id, 300)) FROM range(1000)";
    String plan = spark.sql(sum).queryExecution().executedPlan().toString();
    String without =
        spark
            .sql("SELECT sum(length(concat('gpt-', 4 + id % 2)) + id) FROM range(1000)")
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan.split("Exchange", -1)).hasSameSizeAs(without.split("Exchange", -1));
    assertThat(plan).doesNotContain("Join");
    long groups =
        spark
            .sql(
                "SELECT gtrace_energy_kwh('gpt-4o', 'FR', id % 3, 1), count(*) FROM range(90)"
                    + " GROUP BY gtrace_energy_kwh('gpt-4o', 'FR', id % 3, 1)")
            .count();
    assertThat(groups).isEqualTo(3);
  }

  @Test
  void lookRatesUpOnceForAllFunctionsOfARow() {
    String arguments = "(m, 'FR', id, 300, timestamp_micros(id * 1000000))";
    String source = " FROM (SELECT concat('gpt-', 4 + id % 2) AS m, id FROM range(1000))";
    int one = lookups("SELECT sum(gtrace_carbon_kg" + arguments + ")" + source);
    int three =
        lookups(
            "SELECT sum(gtrace_carbon_kg"
                + arguments
                + "), sum(gtrace_energy_kwh"
                + arguments
                + "), sum(gtrace_water_l"
                + arguments
                + ")"
                + source);
    assertThat(one).isPositive();
    assertThat(three).isEqualTo(one);
  }

  /** Calls of the lookup in the code that Spark generates for a query. */
  private static int lookups(String sql) {
    SparkSession session = spark.newSession();
    // An adaptive plan has no code before it runs.
    session.conf().set("spark.sql.adaptive.enabled", "false");
    String code = session.sql("EXPLAIN CODEGEN " + sql).first().getString(0);
    return code.split("\\*/\\)\\.find\\(", -1).length - 1;
  }

  @Test
  void areThereForASessionThatAsksForThem() {
    SparkSession other = spark.newSession();
    GTraceSpark.register(other);
    assertThat(other.sql("SELECT gtrace_factor_set()").first().getString(0))
        .isEqualTo(GTRACE.card().catalogue().factorSet());
  }
}
