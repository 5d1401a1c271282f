package io.gtrace.ledger.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrendReaderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder = Path.of("");

  private static ReadingOptions in(String zone) {
    return new ReadingOptions(ZoneId.of(zone), Optional.empty(), false, NOW);
  }

  private static TrendFile read(String text) {
    return TrendReader.read("trend", text, in("UTC"));
  }

  @Test
  void googleTrendsOverTimeIsAnIndexWithTermsAndPlaces() {
    TrendFile file =
        read(
            """
            Category: All categories

            Week,ghibli: (India),ghibli: (United States)
            2025-03-16,<1,0
            2025-03-23,41,12
            2025-03-30,100,55
            """);
    assertThat(file.format()).isEqualTo(TrendFile.Format.GOOGLE_TRENDS_TIMELINE);
    assertThat(file.signals())
        .extracting(Signal::name)
        .containsExactly("ghibli (India)", "ghibli (United States)");
    Signal india = file.signals().get(0);
    assertThat(india.kind()).isEqualTo(SignalKind.INDEX);
    assertThat(india.granularity()).isEqualTo(Granularity.WEEK);
    assertThat(india.observations().get(0).reading()).isEqualTo(new Reading(0.5, 0, 1));
    assertThat(india.observations().get(1).reading()).isEqualTo(new Reading(41, 40.5, 41.5));
    assertThat(file.signals().get(1).observations().get(0).reading())
        .isEqualTo(new Reading(0, 0, 0.5));
    assertThat(file.refused()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Kategorie: Alle Kategorien\n\nTag;ghibli: (Weltweit)\n2025-03-30;44\n2025-03-31;100\n",
        "Categoría: Todas\n\nDía,ghibli: (Todo el mundo)\n2025-03-30,44\n2025-03-31,100\n",
        "カテゴリ: すべて\n\n日,ghibli: (すべての国)\n2025-03-30,44\n2025-03-31,100\n",
        "date,ghibli,isPartial\n2025-03-30,44,False\n2025-03-31,100,False\n",
        "\"Day\",\"ghibli\"\n\"2025-03-30\",44\n\"2025-03-31\",100\n"
      })
  void exportsOfOtherLanguagesAndToolsAreKnownByTheirShape(String text) {
    TrendFile file = read(text);
    assertThat(file.format()).isEqualTo(TrendFile.Format.GOOGLE_TRENDS_TIMELINE);
    assertThat(file.signals())
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.name()).startsWith("ghibli");
          assertThat(signal.granularity()).isEqualTo(Granularity.DAY);
          assertThat(signal.observations()).hasSize(2);
        });
  }

  @Test
  void partialPeriodsAreToldApartAndLeftOut() {
    TrendFile marked =
        read(
            "date,ghibli,isPartial\n2025-03-30,44,False\n2025-03-31,100,False\n2025-04-01,9,True\n");
    assertThat(marked.signals().get(0).complete()).hasSize(2);
    assertThat(marked.notes()).anyMatch(note -> note.contains("partial"));
    TrendFile unfinished =
        TrendReader.read(
            "visits",
            "month,visits\n2025-11,5\n2025-12,6\n2026-01,1\n",
            new ReadingOptions(
                ZoneId.of("UTC"), Optional.empty(), false, Instant.parse("2026-01-10T00:00:00Z")));
    assertThat(unfinished.signals().get(0).complete()).hasSize(2);
  }

  @Test
  void interestByRegionIsNoSignal() {
    TrendFile file =
        read(
            "Category: All categories\n\nCountry,ghibli: (3/25/25 - 4/8/25)\nBangladesh,100\nIndia,\nNepal,<1\n");
    assertThat(file.format()).isEqualTo(TrendFile.Format.GOOGLE_TRENDS_MAP);
    assertThat(file.signals()).isEmpty();
    assertThat(file.regional().get(0).regions())
        .extracting(RegionalInterest.Region::name)
        .containsExactly("Bangladesh", "Nepal");
  }

  @Test
  void wikimediaAnswersAreCountsByArticle() {
    TrendFile file =
        read(
            """
            {"items":[
              {"project":"en.wikipedia","article":"Studio_Ghibli","granularity":"daily",
               "timestamp":"2025033000","access":"all-access","agent":"user","views":41200},
              {"project":"en.wikipedia","article":"Studio_Ghibli","granularity":"daily",
               "timestamp":"2025033100","access":"all-access","agent":"user","views":52000}]}
            """);
    assertThat(file.format()).isEqualTo(TrendFile.Format.WIKIPEDIA_PAGEVIEWS);
    assertThat(file.signals())
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.name()).isEqualTo("Studio_Ghibli en.wikipedia all-access user");
          assertThat(signal.kind()).isEqualTo(SignalKind.COUNT);
          assertThat(signal.observations().get(1))
              .isEqualTo(
                  new Observation(
                      Instant.parse("2025-03-31T00:00:00Z"),
                      Instant.parse("2025-04-01T00:00:00Z"),
                      Reading.exactly(52_000),
                      false));
        });
  }

  @Test
  void labelsPartALongTableIntoSeriesAndBadRowsDoNotStopTheRest() {
    TrendFile file =
        read(
            """
            date,hashtag,posts
            2025-03-30,#a,"1,200"
            2025-03-30,#b,1.2M
            2025-03-31,#a,many
            2025-03-31,#b,-5
            2025-03-31,#b,7
            4/5/2025,#a,9
            2025-03-30,#a,9
            2025-04-01,#a,0
            """);
    assertThat(file.signals()).extracting(Signal::name).containsExactly("#a posts", "#b posts");
    assertThat(file.signals().get(0).observations())
        .extracting(each -> each.reading().value())
        .containsExactly(1_200.0, 0.0);
    assertThat(file.signals().get(1).observations().get(0).reading())
        .isEqualTo(new Reading(1.2e6, 1.15e6, 1.25e6));
    assertThat(file.refused())
        .anySatisfy(each -> assertThat(each).contains("line 4", "posts", "'many'"))
        .anySatisfy(each -> assertThat(each).contains("line 5", "'-5'"))
        .anySatisfy(each -> assertThat(each).contains("line 7", "date", "'4/5/2025'"))
        .anySatisfy(each -> assertThat(each).contains("line 8", "twice"));
  }

  @Test
  void totalsSoFarBecomeDifferences() {
    TrendFile file =
        TrendReader.read(
            "posts",
            "date,posts\n2025-03-30,100\n2025-03-31,150\n2025-04-01,140\n2025-04-04,400\n",
            new ReadingOptions(ZoneId.of("UTC"), Optional.empty(), true, NOW));
    assertThat(file.signals().get(0).observations())
        .extracting(each -> each.reading().value())
        .containsExactly(50.0, 250.0);
    assertThat(file.refused()).singleElement().asString().contains("falls from 150");
  }

  @Test
  void daysOfClockChangesHave23And25Hours() {
    List<Observation> spring =
        TrendReader.read(
                "v", "date,v\n2025-03-29,1\n2025-03-30,1\n2025-03-31,1\n", in("Europe/Berlin"))
            .signals()
            .get(0)
            .observations();
    assertThat(spring).extracting(Observation::hours).containsExactly(24.0, 23.0, 24.0);
    List<Observation> autumn =
        TrendReader.read(
                "v", "date,v\n2025-10-25,1\n2025-10-26,1\n2025-10-27,1\n", in("Europe/Berlin"))
            .signals()
            .get(0)
            .observations();
    assertThat(autumn).extracting(Observation::hours).containsExactly(24.0, 25.0, 24.0);
  }

  @Test
  void theHourThatIsThereTwiceIsTwoHoursAndTheSkippedOneIsRefused() {
    String hours = "hour,v\n2025-10-26T01,1\n2025-10-26T02,2\n2025-10-26T02,3\n2025-10-26T03,4\n";
    assertThat(TrendReader.read("v", hours, in("Europe/Berlin")).signals().get(0).observations())
        .extracting(each -> each.from().toString())
        .containsExactly(
            "2025-10-25T23:00:00Z",
            "2025-10-26T00:00:00Z",
            "2025-10-26T01:00:00Z",
            "2025-10-26T02:00:00Z");
    TrendFile spring =
        TrendReader.read(
            "v",
            "hour,v\n2025-03-30T01,1\n2025-03-30T02,2\n2025-03-30T03,3\n",
            in("Europe/Berlin"));
    assertThat(spring.refused()).singleElement().asString().contains("skip '2025-03-30T02'");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03-31T14,2025-03-31T14:00:00Z",
    "2025-03-31 14:00:00+02:00,2025-03-31T12:00:00Z",
    "2025-03-31T14:00Z,2025-03-31T14:00:00Z",
    "2025033114,2025-03-31T14:00:00Z",
    "20250331,2025-03-31T00:00:00Z",
    "1743429600,2025-03-31T14:00:00Z",
    "31.3.2025,2025-03-31T00:00:00Z",
    "2025-W14,2025-03-31T00:00:00Z",
    "2025-03-30 - 2025-04-05,2025-03-30T00:00:00Z",
    "2025-03,2025-03-01T00:00:00Z"
  })
  void timesAreReadAsPeopleWriteThem(String text, String moment) {
    PeriodStart start = PeriodStart.parse(text).orElseThrow();
    assertThat(start.local().toInstant(start.offset().orElse(ZoneOffset.UTC))).isEqualTo(moment);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|empty",
        "[1,2|is not JSON",
        "[]|no JSON object",
        "2025-03-30,4\\n2025-03-31,5|no header",
        "name,size\\na,4\\nb,5|no column holds times",
        "date,size\\n4/5/2025,4\\n4/6/2025,5|may be April or May",
        "date,word\\n2025-03-30,a\\n2025-03-31,b|no column beside 'date' holds figures",
        "date,v\\n2020-01-01,1\\n2021-01-01,1\\n2022-01-01,1|neither minutes",
        "hello|no table"
      })
  void whatCannotBeReadAtAllIsSaidInOneLine(String text, String message) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
        .isInstanceOf(TrendFileException.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith("trend")
        .message()
        .doesNotContain("\n");
  }

  /** Thousands with a point are as usual there as decimals. */
  @Test
  void aPointBeforeThreeDigitsInAFileWithSemicolonsIsRefused() {
    TrendFile file = read("date;v\n2025-03-30;900\n2025-03-31;1.234\n2025-04-01;0.125\n");
    assertThat(file.refused()).singleElement().asString().contains("line 3", "1.234 may mean 1234");
    assertThat(file.signals().get(0).observations()).hasSize(2);
    assertThat(read("date,v\n2025-03-30,900\n2025-03-31,1.234\n").refused()).isEmpty();
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(TrendFileException.class)
        .hasMessageContaining("not JSON");
  }

  @Test
  void packedFilesAreUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("date,v\n2025-03-30,1\n2025-03-31,2\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("v.csv.gz"), packed.toByteArray());
    assertThat(TrendReader.read(file, in("UTC")).signals()).hasSize(1);
    Path broken =
        Files.write(folder.resolve("b.csv"), new byte[] {'a', ',', (byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> TrendReader.read(broken, in("UTC")))
        .hasMessageContaining("not text in UTF-8");
  }

  @Test
  void anchorsAreReadFromTextCsvAndYaml() throws IOException {
    AnchorReader reader = new AnchorReader(ZoneId.of("UTC"), 10);
    Anchor typed = reader.parse("2025-03-31T00:00Z..2025-04-01T00:00Z=1000000[5e5..2e6]:users");
    assertThat(typed.unit()).isEqualTo("users");
    assertThat(typed.amount().low()).isBetween(499_999.0, 500_001.0);
    assertThat(typed.amount().high()).isBetween(1_999_999.0, 2_000_001.0);
    assertThat(reader.parse("2025-03-31..2025-04-01=100:users").amount().high())
        .isBetween(109.9, 110.1);
    Path csv =
        Files.writeString(
            folder.resolve("a.csv"),
            "from,until,value,low,high,unit,source\n2025-03-31,2025-04-01,1e6,9e5,1.2e6,users,press\n");
    Path yaml =
        Files.writeString(
            folder.resolve("a.yaml"),
            "- {from: 2025-03-31, until: 2025-04-01, value: 1e6, low: 9e5, high: 1.2e6, unit: users, source: press}\n");
    assertThat(reader.read(csv)).isEqualTo(reader.read(yaml));
    assertThatThrownBy(() -> reader.parse("2025-03-31=5")).hasMessageContaining("FROM..UNTIL");
    Path wrong =
        Files.writeString(
            folder.resolve("w.csv"), "from,until,value,unit\n2025-03-31,2025-04-01,x,users\n");
    assertThatThrownBy(() -> reader.read(wrong))
        .hasMessageContaining("line 2")
        .hasMessageContaining("value must be a number");
  }
}
