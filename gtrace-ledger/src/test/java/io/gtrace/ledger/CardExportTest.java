package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gtrace.GTrace;
import io.gtrace.activity.Modality;
import io.gtrace.footprint.Impact;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One card, one figure: the API, a join in the database and the exported files agree. */
class CardExportTest {
  private static final Map<String, String> MODEL_OF =
      Map.of("conv", "gpt-4o", "code", "gpt-4o-mini");
  private static final Map<String, String> TEAM_OF =
      Map.of("conv", "assistant", "code", "engineering");

  @TempDir Path folder;
  private final RateCard card = GTrace.standard().card();

  @BeforeEach
  void unpackTheTraces() throws IOException {
    for (String name : MODEL_OF.keySet()) {
      String file = "azure_llm_2023_" + name + ".csv.gz";
      try (InputStream in = AzureTraces.class.getResourceAsStream("azure/" + file)) {
        assertThat(in).isNotNull();
        Files.copy(in, folder.resolve(file));
      }
    }
  }

  private List<CardRow> rows() {
    return MODEL_OF.values().stream()
        .flatMap(model ->
            card.rowsByHour(model, Modality.TEXT, Site.parse("azure/eastus"), 2023).stream())
        .toList();
  }

  private Path export(String format) throws IOException {
    Path path = folder.resolve("card." + format);
    if (format.equals("parquet")) {
      CardExport.writeParquet(rows().stream(), path);
      return path;
    }
    try (Writer out = Files.newBufferedWriter(path)) {
      if (format.equals("csv")) {
        CardExport.writeCsv(rows().stream(), out);
      } else {
        CardExport.writeJson(rows().stream(), out);
      }
    }
    return path;
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void aJoinWithTheExportedCardGivesTheFiguresOfTheApiOnTheWholeDemo(String format)
      throws Exception {
    Account account =
        new UsageAccountant(card, InstantSource.system(), Reading.SILENT)
            .accountAzureTraces(folder.resolve("quarantine.jsonl"))
            .account();
    String reader =
        switch (format) {
          case "csv" -> "read_csv";
          case "json" -> "read_json";
          default -> "read_parquet";
        };
    String cardTable = reader + "('" + export(format) + "')";
    for (String trace : MODEL_OF.keySet()) {
      Account.Line line =
          account.by(Dimension.TEAM).stream()
              .filter(each -> each.key().equals(TEAM_OF.get(trace)))
              .findFirst()
              .orElseThrow();
      Map<Impact, Double> joined = joined(trace, cardTable);
      for (Impact impact : Impact.values()) {
        double expected = line.footprint().median(impact);
        if (!Double.isNaN(expected)) {
          assertThat(joined.get(impact))
              .as(trace + " " + impact)
              .isCloseTo(expected, within(1e-9 * expected));
        }
      }
    }
  }

  private Map<Impact, Double> joined(String trace, String cardTable) throws SQLException {
    String query =
        """
        WITH calls AS (
          SELECT '%s' AS model, TIMESTAMP AS started, ContextTokens::DOUBLE AS i,
                 GeneratedTokens::DOUBLE AS o FROM read_csv('%s')),
        volumes AS (
          SELECT model, started, unnest([
            {'driver': 'requests', 'volume': 1.0},
            {'driver': 'input_tokens', 'volume': i},
            {'driver': 'input_token_pairs', 'volume': i * i / 2},
            {'driver': 'output_tokens', 'volume': o},
            {'driver': 'context_token_reads', 'volume': o * (i + o / 2)}], recursive := true)
          FROM calls)
        SELECT %s FROM volumes JOIN %s AS card
          ON card.model = volumes.model AND card.driver = volumes.driver
          AND card.site = 'azure/eastus' AND card.year = year(started)
          AND card.hour IN ('all', strftime(started, '%%m-%%H'))
        """
            .formatted(
                MODEL_OF.get(trace),
                folder.resolve("azure_llm_2023_" + trace + ".csv.gz"),
                Stream.of(Impact.values())
                    .map(impact -> "sum(volume * card." + column(impact) + "::DOUBLE)")
                    .collect(Collectors.joining(", ")),
                cardTable);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet sum = statement.executeQuery(query)) {
      assertThat(sum.next()).isTrue();
      Map<Impact, Double> sums = new EnumMap<>(Impact.class);
      for (Impact impact : Impact.values()) {
        sums.put(impact, sum.getDouble(1 + sums.size()));
      }
      return sums;
    }
  }

  private static String column(Impact impact) {
    return impact.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void hoursAreToldApartWhereTheyAreKnown() throws IOException {
    List<CardRow> california =
        card.rowsByHour("gpt-4o", Modality.TEXT, Site.parse("US-CISO"), 2023);
    assertThat(california).hasSize(288).extracting(CardRow::hour).doesNotHaveDuplicates();
    Path csv = folder.resolve("hours.csv");
    try (Writer out = Files.newBufferedWriter(csv)) {
      CardExport.writeCsv(california.stream(), out);
    }
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(1 + 288 * california.get(0).drivers().size());
    assertThat(lines.get(0)).isEqualTo(String.join(",", CardExport.columns()));
  }
}
