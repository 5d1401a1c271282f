package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gtrace.GTrace;
import io.gtrace.activity.Context;
import io.gtrace.activity.TextGeneration;
import io.gtrace.activity.Training;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.footprint.Footprint;
import io.gtrace.footprint.Impact;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageAccountantTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final String HEADER = "when,model,region,team,input_tokens,output_tokens\n";
  private static final String GOOD = "2026-01-01T10:00:00Z,gpt-4o,eu-west-3,search,500,300\n";

  @TempDir Path folder;

  private final UsageAccountant accountant =
      new UsageAccountant(GTrace.standard().card(), InstantSource.fixed(NOW), Reading.SILENT);

  private Path quarantine() {
    return folder.resolve("quarantine.jsonl");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Accounting account(Path... files) {
    return accountant.account("test", List.of(files), quarantine());
  }

  private Footprint expected() {
    return GTrace.standard()
        .estimate(
            TextGeneration.of("gpt-4o", 500, 300)
                .at("eu-west-3")
                .on(Instant.parse("2026-01-01T10:00:00Z")));
  }

  private static void assertSame(Footprint got, Footprint wanted) {
    for (Impact impact : Impact.values()) {
      if (wanted.quantity(impact).isPresent()) {
        double median = wanted.median(impact);
        assertThat(got.median(impact)).as(impact.name()).isCloseTo(median, within(1e-9 * median));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // One moment in summer time of Chicago, in that of Berlin and in UTC.
    "2023-07-01T12:00:00-05:00, 2023-07-01T17:00:00Z",
    "2023-07-01T19:00:00+02:00, 2023-07-01T17:00:00Z",
    "2023-07-01T19:00:00+0200, 2023-07-01T17:00:00Z",
    "2023-07-01 22:30:00 +0530, 2023-07-01T17:00:00Z",
    "2023-07-01T19:00:00+02, 2023-07-01T17:00:00Z",
    // The hour that Berlin has twice: before its clocks go back, and an hour later.
    "2023-10-29T02:30:00+02:00, 2023-10-29T00:30:00Z",
    "2023-10-29T02:30:00+01:00, 2023-10-29T01:30:00Z",
    // The last hour of a year in Chicago is in the new year in UTC.
    "2022-12-31T23:30:00-06:00, 2023-01-01T05:30:00Z",
    // Seconds and milliseconds since 1970, with a fraction too.
    "1688230800.250, 2023-07-01T17:00:00.250Z",
    "1688230800, 2023-07-01T17:00:00Z",
    "1688230800000, 2023-07-01T17:00:00Z",
    // Microseconds and nanoseconds.
    "1688230800000000, 2023-07-01T17:00:00Z",
    "1688230800000000000, 2023-07-01T17:00:00Z",
  })
  void momentsArePricedByTheHourOfTheGridWhateverClockTheyAreReadFrom(String when, Instant moment)
      throws IOException {
    String header = "when,model,region,output_tokens\n";
    Path usage = file("a.csv", header + when + ",gpt-4o,US-CISO,300\n");
    Footprint hourly = account(usage).account().total().footprint();
    TextGeneration work = TextGeneration.of("gpt-4o", 0, 300).at("US-CISO");
    assertSame(hourly, GTrace.standard().estimate(work.on(moment)));
    Footprint twelveHoursLater =
        GTrace.standard().estimate(work.on(moment.plus(12, ChronoUnit.HOURS)));
    assertThat(hourly.median(Impact.CARBON_KG))
        .isNotCloseTo(twelveHoursLater.median(Impact.CARBON_KG), withinPercentage(2));
  }

  @Test
  void anUnknownModelIsUsedForWhatItsNameTells() throws IOException {
    UsageAccountant lenient =
        new UsageAccountant(
            GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW).card(),
            InstantSource.fixed(NOW),
            Reading.SILENT);
    Path usage =
        file("a.csv", "model,seconds,input_tokens\nacme-tts,30,\nacme-embed,,900\nacme,,900\n");
    Account account = lenient.account("test", List.of(usage), quarantine()).account();
    assertThat(account.refused()).isZero();
    assertThat(account.by(Dimension.MODALITY))
        .extracting(Account.Line::key)
        .containsExactlyInAnyOrder("text-to-speech", "embedding", "text");
  }

  @Test
  void theAzureTracesAreAccountedWholeAndEverySplitAddsUp() {
    Accounting azure = accountant.accountAzureTraces(quarantine());
    Account account = azure.account();
    assertThat(account.total().activities()).isEqualTo(28_185);
    assertThat(account.refused()).isZero();
    assertThat(azure.quarantine()).isEmpty();
    assertThat(account.first()).hasValue(Instant.parse("2023-11-16T18:15:46.680590Z"));
    assertThat(account.by(Dimension.TEAM))
        .extracting(Account.Line::key)
        .containsExactly("assistant", "engineering");
    double carbon = account.total().footprint().median(Impact.CARBON_KG);
    for (Dimension dimension : Dimension.values()) {
      assertThat(account.by(dimension).stream().mapToLong(Account.Line::activities).sum())
          .isEqualTo(28_185);
      assertThat(
              account.by(dimension).stream()
                  .mapToDouble(line -> line.footprint().median(Impact.CARBON_KG))
                  .sum())
          .isCloseTo(carbon, within(1e-9 * carbon));
    }
    assertThat(account.places()).containsKey("azure/eastus");
    assertThat(azure.sources()).isNotEmpty();
    assertThat(azure.savings())
        .hasSize(3)
        .allSatisfy(saving -> {
          assertThat(saving.savedCarbonKg().median()).isBetween(0.0, carbon);
          assertThat(saving.savedCarbonKg().high()).isGreaterThan(saving.savedCarbonKg().low());
        });
  }

  @Test
  void everyFormatGivesTheSameFigures() throws Exception {
    String json =
        "{\"timestamp\":\"2026-01-01T10:00:00Z\",\"model\":\"gpt-4o\",\"region\":\"eu-west-3\","
            + "\"prompt_tokens\":500,\"completion_tokens\":300,\"extra\":{\"a\":[1]}}\n";
    Path gz = folder.resolve("usage.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      out.write((HEADER + GOOD).getBytes(StandardCharsets.UTF_8));
    }
    List<Path> files =
        List.of(
            file("usage.csv", "\uFEFF" + HEADER + GOOD),
            file("usage.tsv", (HEADER + GOOD).replace(',', '\t').replace("\n", "\r\n")),
            file("usage.jsonl", json),
            gz,
            parquet(
                "usage.parquet",
                "SELECT TIMESTAMP '2026-01-01 10:00:00' AS \"when\","
                    + " 'gpt-4o' AS model, 'eu-west-3' AS region, 500 AS input_tokens,"
                    + " 300 AS output_tokens"),
            parquet(
                "text.parquet",
                "SELECT '2026-01-01T10:00:00Z' AS \"when\","
                    + " 'gpt-4o' AS model, 'eu-west-3' AS region, '500' AS input_tokens,"
                    + " 300.0::DOUBLE AS output_tokens"));
    for (Path file : files) {
      Account account = account(file).account();
      assertThat(account.total().activities()).as(file.toString()).isEqualTo(1);
      assertSame(account.total().footprint(), expected());
    }
  }

  private Path parquet(String name, String select) throws SQLException {
    Path path = folder.resolve(name);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + path + "' (FORMAT parquet)");
    }
    return path;
  }

  @Test
  void thePeriodIsExactInEveryFormat() throws Exception {
    String moment = "TIMESTAMP '2026-01-01 09:15:00.123456' + to_seconds(i)";
    String columns =
        "AS \"when\", 'gpt-4o' AS model, 'FR' AS region, 300 AS output_tokens FROM range(20000) r(i)";
    StringBuilder json = new StringBuilder();
    Instant first = Instant.parse("2026-01-01T09:15:00.123456Z");
    Instant last = first.plusSeconds(19_999);
    for (Instant when : List.of(last, first)) {
      json.append("{\"when\":\"" + when + "\",\"model\":\"gpt-4o\",\"output_tokens\":300}\n");
    }
    List<Path> files =
        List.of(
            file("usage.jsonl", json.toString()),
            parquet("micros.parquet", "SELECT " + moment + columns),
            parquet("nanos.parquet", "SELECT (" + moment + ")::TIMESTAMP_NS " + columns),
            parquet("text.parquet", "SELECT (" + moment + ")::VARCHAR " + columns));
    for (Path path : files) {
      Account account = account(path).account();
      assertThat(account.first()).as(path.toString()).hasValue(first);
      assertThat(account.last()).as(path.toString()).hasValue(last);
    }
  }

  @Test
  void aBadRowIsNamedWithLineAndFieldAndItsNeighboursAreAccounted() throws IOException {
    Path file =
        file(
            "usage.csv",
            HEADER
                + GOOD
                + "2026-01-01T10:00:00Z,gpt-4p,eu-west-3,a,1,1\n"
                + "2026-01-01T10:00:00Z,gpt-4o,eu-west-33,a,1,1\n"
                + "2026-01-01T10:00:00Z,gpt-4o,eu-west-3,a,-5,1\n"
                + "2026-01-01T10:00:00Z,gpt-4o,eu-west-3,a,NaN,1\n"
                + "2026-01-01T10:00:00Z,gpt-4o,eu-west-3,a,1,1000000000000\n"
                + "2031-01-01T10:00:00Z,gpt-4o,eu-west-3,a,1,1\n"
                + "1999-01-01T10:00:00Z,gpt-4o,eu-west-3,a,1,1\n"
                + "yesterday,gpt-4o,eu-west-3,a,1,1\n"
                + "2026-01-01T10:00:00Z,gpt-4o,eu-west-3,a,1\n"
                + "2026-01-01T10:00:00Z,\"gpt-4o,eu-west-3,a,1,1\n"
                + "2025-02-29,gpt-4o,eu-west-3,a,1,1\n"
                + GOOD);
    Accounting accounting = account(file);
    assertThat(accounting.account().total().activities()).isEqualTo(2);
    assertThat(accounting.account().refused()).isEqualTo(11);
    List<String> kept = Files.readAllLines(accounting.quarantine().orElseThrow());
    List<String> expected =
        List.of(
            "\"line\":3,\"field\":\"model\"",
            "\"line\":4,\"field\":\"site\"",
            "\"line\":5,\"field\":\"input_tokens\"",
            "\"line\":6,\"field\":\"input_tokens\"",
            "\"line\":7,\"field\":\"output_tokens\"",
            "\"line\":8,\"field\":\"when\",\"reason\":\"lies in the future",
            "\"line\":9,\"field\":\"when\",\"reason\":\"lies before",
            "\"line\":10,\"field\":\"when\"",
            "\"line\":11,\"field\":\"\"",
            "\"line\":12,\"field\":\"\",\"reason\":\"a quote is opened",
            "\"line\":13,\"field\":\"when\",\"reason\":\"must be a moment");
    for (String part : expected) {
      assertThat(kept).anyMatch(line -> line.contains(part));
    }
    assertThat(kept).hasSize(11).noneMatch(line -> line.contains("search"));
    assertThat(kept.get(0)).contains("gpt-4");
  }

  @Test
  void parquetRowsAreJudgedLikeRowsOfAnyOtherFormat() throws Exception {
    String columns =
        "SELECT TIMESTAMP '2026-01-01 10:00:00' AS \"when\", m AS model, s AS site, t AS team,"
            + " 1 AS requests, i AS input_tokens, 300 AS output_tokens, c AS count FROM (VALUES "
            + "('gpt-4o', 'eu-west-3', 'a', 500, NULL), ('gpt-4o', 'eu-west-3', 'b', 500, NULL),"
            + " ('nope', 'FR', 'a', 1, NULL), ('gpt-4o', 'FR', 'a', -1, NULL),"
            + " ('flux.1-dev', 'FR', 'a', NULL, 2)) v(m, s, t, i, c)";
    Accounting accounting = account(parquet("usage.parquet", columns));
    Account account = accounting.account();
    assertThat(account.total().activities()).isEqualTo(3);
    assertThat(account.by(Dimension.MODALITY))
        .extracting(Account.Line::key)
        .containsExactlyInAnyOrder("text", "image");
    assertThat(accounting.refusals())
        .extracting(Refusal::line, Refusal::field)
        .containsExactly(tuple(3L, "model"), tuple(4L, "input_tokens"));
    Account.Line text =
        account.by(Dimension.MODALITY).stream()
            .filter(line -> line.key().equals("text"))
            .findFirst()
            .orElseThrow();
    assertSame(text.footprint(), expected().times(2));
  }

  @Test
  void aRowOfAnUnknownModelWithoutAmountsIsNoImage() throws IOException {
    Path usage =
        file(
            "usage.csv",
            """
            model,output_tokens,count,seconds
            zzyzx-9,,,
            zzyzx-9,,,12
            flux.1-dev,,,
            zzyzx-9,300,,
            zzyzx-9,,2,
            """);
    UsageAccountant lenient =
        new UsageAccountant(
            GTrace.of(FactorCatalogue.shipped(), Fallback.ALLOW).card(),
            InstantSource.fixed(NOW),
            Reading.SILENT);
    List<Refusal> refusals = lenient.account("test", List.of(usage), quarantine()).refusals();
    assertThat(refusals)
        .extracting(Refusal::line, Refusal::field)
        .containsExactly(tuple(2L, "modality"), tuple(3L, "modality"));
    assertThat(refusals.get(0).reason())
        .contains("unknown model 'zzyzx-9': give modality, or amounts");
  }

  @Test
  void aTrainingRunHasItsOwnNameAndThePriceOfItsAccelerator() throws Exception {
    String runs =
        """
        model,region,modality,accelerator,hours,output_tokens
        our fine-tune,DE,training,h100-sxm,36,
        second run,DE,,H100-SXM,4,
        ,DE,training,h100-sxm,2,
        gpt-4o,FR,,,,300
        """;
    Path parquet =
        parquet(
            "usage.parquet",
            "SELECT * FROM (VALUES ('our fine-tune', 'DE', 'training', 'h100-sxm', 36, NULL),"
                + " ('second run', 'DE', '', 'H100-SXM', 4, NULL),"
                + " (NULL, 'DE', 'training', 'h100-sxm', 2, NULL),"
                + " ('gpt-4o', 'FR', NULL, NULL, NULL, 300))"
                + " v(model, region, modality, accelerator, hours, output_tokens)");
    for (Path path : List.of(file("usage.csv", runs), parquet)) {
      Account account = account(path).account();
      assertThat(account.by(Dimension.MODEL))
          .as(path.toString())
          .extracting(Account.Line::key)
          .containsExactly("our fine-tune", "second run", "h100-sxm", "gpt-4o");
      assertSame(
          account.by(Dimension.MODEL).get(0).footprint(),
          GTrace.standard()
              .estimate(
                  new Training(
                          "any",
                          "h100-sxm",
                          new Training.AcceleratorTime(1, 36, Training.USUAL_UTILISATION),
                          Context.UNKNOWN)
                      .at("DE")));
      assertThat(account.notes())
          .contains("our fine-tune, second run: trained on h100-sxm")
          .noneMatch(note -> note.startsWith("h100-sxm: trained"));
    }
  }

  @Test
  void whatIsKnownOfSomeWorkOnlyIsAPartOfItsOwn() throws IOException {
    Path file =
        file(
            "usage.csv",
            "model,region,input_tokens,output_tokens\ngpt-4o,DE,500,300\ngpt-4o,azure/eastus,5,3\n");
    Account account = account(file).account();
    Footprint known = GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("DE"));
    assertThat(account.total().footprint().operationalMarketBasedKg()).isEmpty();
    assertThat(account.knownParts()).containsOnlyKeys(Impact.OPERATIONAL_MARKET_BASED_KG);
    account.knownParts().values().forEach(part -> assertSame(part, known));
    Path whole = file("whole.csv", "model,region,output_tokens\ngpt-4o,DE,300\n");
    assertThat(account(whole).account().knownParts()).isEmpty();
  }

  @Test
  void savingsAreExplainedInWholeSentences() {
    assertThat(accountant.accountAzureTraces(quarantine()).savings())
        .isNotEmpty()
        .allSatisfy(saving -> assertThat(saving.basis()).matches("[A-Z].*[.]"));
  }

  @Test
  void anUnknownAcceleratorIsNamedAsSuch() throws IOException {
    Path file = file("usage.csv", "model,region,accelerator,hours\nours,DE,h100-sxn,36\n");
    assertThat(account(file).refusals())
        .singleElement()
        .satisfies(refusal -> {
          assertThat(refusal.field()).isEqualTo("accelerator");
          assertThat(refusal.reason()).contains("h100-sxm");
        });
  }

  @Test
  void whatManyModelsHaveInCommonIsOneNote() throws IOException {
    StringBuilder csv = new StringBuilder("model,region,output_tokens\n");
    List<String> models = List.of("gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini", "o1", "o3");
    models.forEach(model -> csv.append(model).append(",,5\n"));
    assertThat(account(file("usage.csv", csv.toString())).account().notes())
        .filteredOn(note -> note.contains("no region given"))
        .singleElement()
        .satisfies(note -> assertThat(note).startsWith("gpt-4.1, ").contains(" and 1 more: "));
  }

  @Test
  void aHugeLineIsSkippedWithoutBeingHeld() throws IOException {
    Path file = folder.resolve("usage.csv");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write((HEADER + GOOD).getBytes(StandardCharsets.UTF_8));
      byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 50; i++) {
        out.write(block);
      }
      out.write(("\n" + GOOD).getBytes(StandardCharsets.UTF_8));
    }
    Accounting accounting = account(file);
    assertThat(accounting.account().total().activities()).isEqualTo(2);
    assertThat(accounting.refusals())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.toString()).contains("line 3").contains("bytes"));
  }

  @Test
  void aFileThatIsNoUsageIsRefusedInOneSentence() throws IOException {
    byte[] binary = new byte[5_000];
    Files.write(folder.resolve("binary.csv"), binary);
    assertThatThrownBy(() -> account(folder.resolve("binary.csv"))).hasMessageContaining("binary");
    assertThatThrownBy(() -> account(file("empty.csv", ""))).hasMessageContaining("empty");
    assertThatThrownBy(() -> account(file("header.csv", "a,b\n1,2\n")))
        .hasMessageContaining("no column 'model'");
    assertThatThrownBy(() -> account(file("cut.parquet", "PAR1 cut off")))
        .hasMessageContaining("breaks off");
    assertThatThrownBy(() -> account(file("text.parquet", HEADER + GOOD)))
        .hasMessageContaining("not a Parquet file");
    assertThatThrownBy(() -> account(folder.resolve("none.csv")))
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> account(file("usage.xlsx", "PK\u0003\u0004x")))
        .hasMessageContaining("save it as CSV");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "csv.gz", "jsonl", "jsonl.gz", "parquet"})
  void randomBytesAreRefusedOnceInOurOwnWords(String ending) throws IOException {
    byte[] noise = new byte[50_000];
    new Random(7).nextBytes(noise);
    Path path = Files.write(folder.resolve("bin." + ending), noise);
    assertThatThrownBy(() -> account(path))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(path + ": is not ")
        .hasMessageNotContainingAny("�", "Error", "Exception", "magic");
    assertThat(quarantine()).doesNotExist();
  }

  @Test
  void aDamagedParquetFileIsNamedInOurOwnWords() throws Exception {
    Path path =
        parquet(
            "usage.parquet", "SELECT 'gpt-4o' AS model, i AS input_tokens FROM range(9999) r(i)");
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> account(path)).hasMessageContaining("breaks off");
    Arrays.fill(bytes, 4, bytes.length - 8, (byte) 'x');
    Files.write(path, bytes);
    assertThatThrownBy(() -> account(path))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("damaged")
        .hasMessageNotContainingAny("Error", "Thrift", "PAR1");
  }

  @Test
  void whatBeginsLikeGzipAndIsNoneIsRefusedOnce() throws IOException {
    byte[] noise = new byte[5_000];
    new Random(7).nextBytes(noise);
    noise[0] = 0x1f;
    noise[1] = (byte) 0x8b;
    Path path = Files.write(folder.resolve("usage.csv.gz"), noise);
    assertThatThrownBy(() -> account(path))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("begins like gzip");
  }

  @Test
  void textInAnotherEncodingIsRefusedByTheLineAndShown() throws IOException {
    Path path = folder.resolve("usage.csv");
    String latin = HEADER + GOOD + GOOD.replace("search", "caf\u00e9") + GOOD;
    Files.write(path, latin.getBytes(StandardCharsets.ISO_8859_1));
    Accounting accounting = account(path);
    assertThat(accounting.account().total().activities()).isEqualTo(2);
    assertThat(Files.readAllLines(accounting.quarantine().orElseThrow()))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("\"line\":3", "gpt-4o,eu-west-3,caf�,500"));
  }

  @Test
  void aLineThatIsNotJsonIsExplainedInOurOwnWords() throws IOException {
    String good = "{\"model\":\"gpt-4o\",\"output_tokens\":5}\n";
    Accounting accounting =
        account(
            file(
                "usage.jsonl",
                good
                    + "{\"model\":\"gpt-4o\",output_tokens:5}\n"
                    + "{\"model\":\"gpt-4o\",\"output_tokens\":5\n"
                    + "[".repeat(2_000)
                    + "\n{\"a\":"
                    + "[".repeat(2_000)
                    + "\n"
                    + good));
    assertThat(accounting.account().total().activities()).isEqualTo(2);
    assertThat(accounting.refusals())
        .extracting(Refusal::line, Refusal::reason)
        .containsExactly(
            tuple(
                2L,
                "the line is not JSON: it goes wrong at character 19, at 'output_tokens:5}'; write"
                    + " one object a line"),
            tuple(3L, "the line ends before its JSON object does; write one object a line"),
            tuple(4L, "the line nests too deeply, or holds too long a name or number"),
            tuple(5L, "the line nests too deeply, or holds too long a name or number"));
  }

  @Test
  void whatIsWrongWithAFileAsAWholeIsToldFirst() throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < 3_000; i++) {
      csv.append(GOOD.replace("500", i % 100 == 99 ? "-1" : Integer.toString(i * 7919 % 5_000)));
    }
    Accounting accounting = account(cut("usage.csv.gz", csv.toString()));
    long accounted = accounting.account().total().activities();
    String fault =
        String.format(
            Locale.ROOT,
            "the file breaks off: the archive is incomplete; %,d rows before that were accounted",
            accounted);
    assertThat(accounting.refusals()).hasSize(5);
    assertThat(accounting.refusals().get(0))
        .isEqualTo(new Refusal(folder.resolve("usage.csv.gz").toString(), 0, "", fault));
    assertThat(accounting.refusals()).extracting(Refusal::line).contains(101L, 201L, 301L, 401L);
    assertThat(accounting.account().notes()).anyMatch(note -> note.endsWith(fault));
    // Each whole line before the break is either accounted or refused by its number.
    assertThat(accounted + accounting.account().refused() - 1)
        .isEqualTo(wholeLinesOf(folder.resolve("usage.csv.gz")) - 1);
  }

  private Path cut(String name, String content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = packed.toByteArray();
    return Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length * 3 / 4));
  }

  private static long wholeLinesOf(Path broken) throws IOException {
    long lines = 0;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(broken))) {
      for (int read = in.read(); read >= 0; read = in.read()) {
        lines += read == '\n' ? 1 : 0;
      }
      throw new AssertionError("the archive is whole");
    } catch (EOFException breaksOff) {
      return lines;
    }
  }

  @Test
  void aCompressedFileThatBreaksOffIsAccountedUpToThere() throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < 20_000; i++) {
      csv.append("2026-01-01T10:00:00Z,gpt-4o,eu-west-3,search,")
          .append(i * 7919 % 5_000)
          .append(",300\n");
    }
    Path whole = folder.resolve("whole.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      out.write(csv.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.csv.gz");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    Accounting accounting = account(cut);
    assertThat(accounting.account().total().activities()).isBetween(1L, 19_999L);
    assertThat(accounting.refusals()).anyMatch(refusal -> refusal.reason().contains("breaks off"));
  }

  @Test
  void quotedLineBreaksAndMistypedColumnsAreUnderstood() throws IOException {
    Path file =
        file(
            "usage.csv",
            "model;prompt;region;input_tokens;out_tokens\n"
                + "gpt-4o;\"two\nlines; and \"\"more\"\"\";FR;5;6\n"
                + "gpt-4o;plain;FR;5;6\n");
    Account account = account(file).account();
    assertThat(account.total().activities()).isEqualTo(2);
    assertThat(account.notes())
        .anyMatch(note -> note.contains("'out_tokens' (did you mean output_tokens?)"));
  }

  @Test
  void columnsThatNoRowCanDoWithoutAreAskedForOnce() throws Exception {
    List<Path> files =
        List.of(
            file(
                "usage.csv", "model,region,input_token,tokens_out\ngpt-4o,FR,5,6\ngpt-4o,FR,7,8\n"),
            file(
                "usage.jsonl",
                "{\"model\":\"gpt-4o\",\"input_token\":5}\n{\"model\":\"gpt-4o\",\"tokens_out\":5}\n"),
            parquet(
                "usage.parquet",
                "SELECT 'gpt-4o' AS model, i AS input_token, i AS tokens_out FROM range(2) r(i)"));
    for (Path path : files) {
      assertThatThrownBy(() -> account(path))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith(path + ": there is no ")
          .hasMessageContaining("input_tokens or output_tokens, so none of its 2 rows")
          .hasMessageContaining("'input_token' (did you mean input_tokens?)")
          .hasMessageContaining("'tokens_out' (did you mean output_tokens?)");
    }
    assertThat(quarantine()).doesNotExist();
  }

  @Test
  void rowsWithoutAmountsAreRefusedOneByOneWhereTheFileHasThem() throws IOException {
    Path file =
        file("usage.csv", "model,input_tokens,output_tokens,prompt\ngpt-4o,,,a\ngpt-4o,,,b\n");
    assertThat(account(file).refusals()).extracting(Refusal::line).containsExactly(2L, 3L);
    Path images =
        file("images.csv", "model,width_pixel,modality\nflux.1-dev,512,\ngpt-4o,5,text\n");
    Accounting accounting = account(images);
    assertThat(accounting.account().total().activities()).isEqualTo(1);
    assertThat(accounting.refusals()).extracting(Refusal::line).containsExactly(3L);
  }

  @Test
  void anAmountUnderTwoNamesMustBeTheSame() throws Exception {
    List<Path> files =
        List.of(
            file(
                "usage.csv",
                """
                model,region,input_tokens,prompt_tokens,output_tokens,service,project
                gpt-4o,FR,500,500,300,a,b
                gpt-4o,FR,,500.0,300,a,b
                gpt-4o,FR,500,400,300,a,b
                """),
            file(
                "usage.jsonl",
                """
                {"model":"gpt-4o","region":"FR","input_tokens":500,"prompt_tokens":500,"output_tokens":300}
                {"model":"gpt-4o","region":"FR","prompt_tokens":5e2,"output_tokens":300,"images":[1]}
                {"model":"gpt-4o","region":"FR","input_tokens":500,"prompt_tokens":400,"output_tokens":300}
                """),
            parquet(
                "usage.parquet",
                "SELECT 'gpt-4o' AS model, 'FR' AS region, i AS input_tokens, p AS prompt_tokens,"
                    + " 300 AS output_tokens FROM"
                    + " (VALUES (500, 500), (NULL, 500), (500, 400)) v(i, p)"));
    for (Path path : files) {
      Accounting accounting = account(path);
      assertSame(
          accounting.account().total().footprint(),
          GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("FR")).times(2));
      assertThat(accounting.refusals())
          .as(path.toString())
          .singleElement()
          .satisfies(refusal -> {
            assertThat(refusal.field()).isEqualTo("input_tokens");
            assertThat(refusal.reason()).contains("twice, as 500 and as 400");
          });
    }
  }

  @Test
  void aListWhereATextOrNumberBelongsIsNamedAsSuch() throws IOException {
    Path file =
        file(
            "usage.jsonl",
            """
            {"model":["gpt-4o"],"output_tokens":5}
            {"model":"gpt-4o","output_tokens":{"text":5}}
            {"model":"gpt-4o","output_tokens":5,"images":[],"team":{"id":7}}
            """);
    Accounting accounting = account(file);
    assertThat(accounting.account().total().activities()).isEqualTo(1);
    assertThat(accounting.refusals())
        .extracting(Refusal::field, Refusal::reason)
        .containsExactly(
            tuple("model", "must be a text, not a list"),
            tuple("output_tokens", "must be a number, not an object"));
    assertThat(accounting.account().notes())
        .anyMatch(note -> note.contains("not read") && note.contains("'images', 'team'"));
  }

  @Test
  void activitiesComeOneByOneInOrder() throws IOException {
    Path file = file("usage.csv", HEADER + GOOD + "bad\n" + GOOD.replace("500", "700"));
    List<String> seen = new ArrayList<>();
    accountant.each(
        List.of(file),
        UsageDefaults.NONE,
        quarantine(),
        (line, requestId, model, activity, row) ->
            seen.add(line + " " + ((TextGeneration) activity).inputTokens() + " " + row.site()));
    assertThat(seen).containsExactly("2 500 aws/eu-west-3", "4 700 aws/eu-west-3");
  }

  @Test
  void rowsThatDoNotSayOtherwiseTakeTheDefaults() throws Exception {
    Path csv = file("usage.csv", "team,input_tokens,output_tokens\n,500,300\nown,500,300\n");
    Path parquet =
        parquet(
            "usage.parquet",
            "SELECT t AS team, 500 AS input_tokens, 300 AS output_tokens"
                + " FROM (VALUES (NULL), ('own')) v(t)");
    UsageDefaults defaults = new UsageDefaults("gpt-4o", "FR", "search", "");
    for (Path path : List.of(csv, parquet)) {
      Account account = accountant.account("test", List.of(path), defaults, quarantine()).account();
      assertThat(account.by(Dimension.TEAM))
          .as(path.toString())
          .extracting(Account.Line::key)
          .containsExactlyInAnyOrder("search", "own");
      assertSame(
          account.total().footprint(),
          GTrace.standard().estimate(TextGeneration.of("gpt-4o", 500, 300).at("FR")).times(2));
    }
  }

  @Test
  void aFileWithAHeaderAndNoRowsSaysSo() throws IOException {
    assertThat(account(file("usage.csv", HEADER)).account().notes())
        .anyMatch(note -> note.contains("no rows"));
  }
}
