package io.gtrace.simulation.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.GTrace;
import io.gtrace.simulation.document.DocumentException;
import io.gtrace.simulation.people.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StudyReadingTest {
  private static final String BASE =
      """
      study: mine
      title: Mine
      start: "2025-03-27T16:00:00Z"
      days: 2
      people:
        reachable: 20000
        countries: [IN, US]
      adoption:
        model: self-exciting
        branching: 2
        memory: {mean-hours: 10}
      media:
        - {from: "2025-03-27", exposures-per-day: 0.1}
      use:
        outputs:
          - {id: square, share: 1, image: {width: 1024, height: 1024}}
      services:
        - id: pictures
          model: gpt-image-1
          regions:
            - {site: azure/eastus2, share: 1}
      """;

  @TempDir Path folder;

  private Path file(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name), yaml);
  }

  private StudyOutcome run(String yaml) throws IOException {
    Study study = Study.read(file("study.yaml", yaml).toString());
    return new StudyRun(
            GTrace.standard().card(),
            World.shipped(),
            new StudyRun.Settings(1, 1, 1, 1),
            StudyRun.Progress.SILENT)
        .run(study);
  }

  @ParameterizedTest
  @MethodSource("io.gtrace.simulation.study.Study#shipped")
  void everyShippedStudyRuns(String name) {
    StudyOutcome outcome =
        new StudyRun(
                GTrace.standard().card(),
                World.shipped(),
                new StudyRun.Settings(name.equals("sir") ? 0.1 : 0.0001, 1, 2, 1),
                StudyRun.Progress.SILENT)
            .run(Study.read(name).forDays(5));

    assertThat(outcome.figures().adopters().median()).isPositive();
    assertThat(outcome.study().title()).isNotBlank();
  }

  /** Each row: what is replaced by what, the line that the message names, and words of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          countries: [IN, US]   | countries: [IN, XX]            | 7  | there is no country 'XX'
          countries: [IN, US]   | countries: [IN, India]         | 7  | country in two capital letters (ISO 3166-1 alpha-2), such as IN or US, not 'India'
          countries: [IN, US]   | countries: [IN, us]            | 7  | such as IN or US, not 'us'
          start: "2025-03-27T16:00:00Z" | start: "27.3.2025"     | 3  | a date, or a date with a time in UTC or with an offset, such as 2025-03-25 or
          from: "2025-03-27"    | from: yesterday                | 13 | such as 2025-03-25
          study: mine           | study: My wave                 | 1  | such as my-wave, not 'My wave'
          branching: 2          | branching: 1000000             | 10 | 1000
          branching: 2          | branching: -1                  | 10 | 0
          branching: 2          | branching: two                 | 10 | must be a number, not 'two'
          branching: 2          | branshing: 2                   | 10 | there is no such field; there are
          share: 1, image       | share: 0.4, image              | 16 | must add up to 1
          days: 2               | days: 0                        | 4  | 0
          reachable: 20000      | reachable: 0                   | 6  | 0
          reachable: 20000      | reachable: 1000000000000       | 6  | more than there are
          reachable: 20000      | reachable: {low: 5, median: 2, high: 9} | 6 | ascend
          start: "2025-03-27T16:00:00Z" | start: "2025-02-31"    | 3  | is no date
          model: self-exciting  | model: gossip                  | 9  | must be one of sir, seir, bass, self-exciting, threshold, not 'gossip'
          countries: [IN, US]   | countries: IN                  | 7  | must be a list in [ ], not 'IN'
          title: Mine           | title: 5                       | 2  | must be text, in quotes, not '5'
          start: "2025-03-27T16:00:00Z" | start: 2025            | 3  | such as 2025-03-25
          title: Mine           | title: Mine\\ntitle: Yours     | 3  | is there twice
          title: Mine           | title: [                       | 3  | is not YAML
          start: "2025-03-27T16:00:00Z" | start: "0001-01-01"    | 3  | grids are known from
          model: gpt-image-1    | model: gpt-4o                  | 19 | cannot be priced for image
          """)
  void aFaultIsToldWithItsLine(String replaced, String by, int line, String words)
      throws IOException {
    String yaml = BASE.replace(replaced, by.replace("\\n", "\n"));

    assertThatThrownBy(() -> run(yaml))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("study.yaml")
        .hasMessageContaining(words)
        .satisfies(fault ->
            assertThat(lineOf(String.valueOf(fault.getMessage()))).isBetween(line, line + 1));
  }

  private static int lineOf(String message) {
    return Integer.parseInt(message.replaceAll("(?s).*?, line (\\d+).*", "$1"));
  }

  @Test
  void datesOutOfOrderAreRefused() throws IOException {
    String yaml =
        BASE.replace("use:\n", "  - {from: \"2025-03-20\", exposures-per-day: 0.2}\nuse:\n");

    assertThatThrownBy(() -> run(yaml))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("line 14")
        .hasMessageContaining("comes before the entry above it");
  }

  @Test
  void whatDoesNotFitIntoMemoryIsNotBegun() throws IOException {
    String yaml = BASE.replace("reachable: 20000", "reachable: 9.9e9");

    assertThatThrownBy(() -> run(yaml))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("MB of memory")
        .hasMessageContaining("use a scale of");
  }

  @Test
  void whatIsWrongWithAScenarioIsToldBeforeAnythingIsRun() throws IOException {
    String yaml =
        BASE + "scenarios: [{id: nowhere, title: Nowhere, set: {people: {countries: [QQ]}}}]\n";
    Study study = Study.read(file("study.yaml", yaml).toString());
    StudyRun run =
        new StudyRun(
            GTrace.standard().card(),
            World.shipped(),
            new StudyRun.Settings(1, 1, 1, 1),
            share -> {
              throw new AssertionError("begun");
            });

    assertThatThrownBy(() -> run.run(study))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("study.yaml, line 22")
        .hasMessageContaining("QQ");
  }

  @Test
  void aStudyOfUseNeedsServices() throws IOException {
    String yaml = BASE.substring(0, BASE.indexOf("services:"));

    assertThatThrownBy(() -> run(yaml))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("study.yaml, line 1")
        .hasMessageContaining("services");
  }

  @Test
  void exposuresOnTheirWayNeedMemoryToo() throws IOException {
    String yaml = BASE.replace("reachable: 20000", "reachable: 5e7");

    assertThatThrownBy(() -> run(yaml.replace("branching: 2", "branching: 1000")))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("MB of memory");
  }

  @Test
  void aStudyTakesFromAnotherWhatItDoesNotSay() throws IOException {
    file("base.yaml", BASE);
    Path over = file("over.yaml", "study: over\nextends: base.yaml\ntitle: Over\ndays: 1\n");

    Study study = Study.read(over.toString());

    assertThat(study.id()).isEqualTo("over");
    assertThat(study.hours()).isEqualTo(24);
    assertThat(study.start()).hasToString("2025-03-27T16:00:00Z");
  }

  @Test
  void aFaultInWhatIsExtendedNamesTheOtherFile() throws IOException {
    file("base.yaml", BASE.replace("branching: 2", "branching: -3"));
    Path over = file("over.yaml", "study: over\nextends: base.yaml\ntitle: Over\n");

    assertThatThrownBy(() -> Study.read(over.toString()))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("base.yaml, line 10");
  }

  @Test
  void studiesThatExtendEachOtherInACircleAreRefused() throws IOException {
    Path one = file("one.yaml", "study: one\nextends: two.yaml\ntitle: One\n");
    file("two.yaml", "study: two\nextends: one.yaml\ntitle: Two\n");

    assertThatThrownBy(() -> Study.read(one.toString()))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("extends itself");
  }

  @Test
  void missingEmptyAndBinaryFilesAreToldApart() throws IOException {
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xC3, 0x28, 0});

    assertThatThrownBy(() -> Study.read(folder.resolve("none.yaml").toString()))
        .hasMessageContaining("there is no such study")
        .hasMessageContaining("ghibli-2025");
    assertThatThrownBy(() -> Study.read(file("empty.yaml", "").toString()))
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> Study.read(binary.toString())).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> Study.read(file("list.yaml", "- a\n- b\n").toString()))
        .hasMessageContaining("must be fields");
  }

  @Test
  void theSchemaIsPublishedAndKnowsEveryFieldOfTheShippedStudies() {
    assertThat(Study.schema()).contains("json-schema.org/draft/2020-12");
    Study.shipped().forEach(name -> assertThat(Study.read(name).id()).isEqualTo(name));
  }
}
