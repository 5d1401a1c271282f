package io.gtrace.bench.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.estimate.FactorState;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole estimates hold against what was published, and the document says where they do not. */
class DisclosuresTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "validation.md");
  private static final FactorCatalogue CATALOGUE = FactorCatalogue.shipped();
  private static final Disclosures DISCLOSURES = new Disclosures(CATALOGUE);
  private static final ComparisonTable OUTPUTS = DISCLOSURES.outputs();
  private static final ComparisonTable TRAINING_RUNS = DISCLOSURES.trainingRuns();

  @TempDir private Path folder = Path.of("");

  @Test
  void ourIntervalsHoldThreeOfFourPublishedFigures() {
    assertThat(OUTPUTS.comparisons()).hasSizeGreaterThanOrEqualTo(18);
    assertThat(TRAINING_RUNS.comparisons()).hasSizeGreaterThanOrEqualTo(42);
    for (ComparisonTable table : List.of(OUTPUTS, TRAINING_RUNS)) {
      assertThat(table.shareInside()).as(table.toString()).isGreaterThanOrEqualTo(0.75);
    }
  }

  @Test
  void oursAreNeitherTooLargeNorTooSmallOverall() {
    for (ComparisonTable table : List.of(OUTPUTS, TRAINING_RUNS)) {
      assertThat(table.medianOursOverPublished()).isBetween(0.6, 1.6);
    }
  }

  @Test
  void everyFigureHasAnIntervalAboutItsMedian() {
    for (Comparison each : all()) {
      assertThat(each.ours().low()).as(each.toString()).isPositive();
      assertThat(each.ours().median())
          .as(each.toString())
          .isGreaterThan(each.ours().low())
          .isLessThan(each.ours().high());
    }
  }

  @Test
  void noConstantRestsOnAPublicationThatItIsHeldAgainst() {
    for (Comparison each : all()) {
      FactorState.Recording recording = new FactorState.Recording();
      double median = each.figure().ours().applyAsDouble(recording);
      List<Factor> constants =
          recording.asked().stream()
              .filter(factor -> !factor.id().startsWith("published:"))
              .filter(factor -> !factor.id().startsWith("size:"))
              .filter(factor -> moves(factor, each.figure(), median))
              .toList();
      assertThat(median).isEqualTo(each.ours().median());
      assertThat(constants).as(each.toString()).isNotEmpty();
      for (Factor constant : constants) {
        assertThat(constant.provenance().source())
            .as(constant.id() + " and " + each.figure().what())
            .doesNotContainIgnoringCase(each.figure().citation());
      }
    }
  }

  /** Estimates ask for the making of hardware too where only electricity counts. */
  private static boolean moves(Factor constant, Figure figure, double median) {
    FactorState larger = factor -> factor.median() * (factor.id().equals(constant.id()) ? 1.01 : 1);
    return figure.ours().applyAsDouble(larger) != median;
  }

  @Test
  void everyRowNamesItsSourceWhichItsCitationIsPartOf() {
    for (String file : List.of(PublishedRow.OUTPUTS, PublishedRow.TRAINING_RUNS)) {
      for (PublishedRow row : PublishedRow.of(file)) {
        assertThat(row.required("source").toLowerCase(Locale.ROOT))
            .as(row.toString())
            .contains(row.required("citation").toLowerCase(Locale.ROOT));
        assertThat(row.requiredNumber("year")).isBetween(2017.0, 2030.0);
        assertThat(row.required("licence")).isEqualTo("facts");
        assertThat(row.required("note")).isNotEmpty();
      }
    }
  }

  @Test
  void theDocumentHoldsWhatTheProgramWritesToday() throws IOException {
    Path copy = folder.resolve("validation.md");
    Files.copy(DOCUMENT, copy);

    Disclosures.main(new String[] {copy.toString()});

    assertThat(Files.readString(copy))
        .as("./disclosures --write brings it up to date")
        .isEqualTo(Files.readString(DOCUMENT));
  }

  @Test
  void theDocumentSaysWhyARowLiesOutside() throws IOException {
    String text = Files.readString(DOCUMENT);
    String reasons = text.substring(text.indexOf(Disclosures.END));
    for (Comparison each : all()) {
      String what = each.figure().what();
      assertThat(reasons.contains("**" + what + "**")).as(what).isEqualTo(outside(what));
    }
  }

  @Test
  void refusesADocumentWithoutMarkers() throws IOException {
    Path document = Files.writeString(folder.resolve("other.md"), "# Other\n");
    assertThatThrownBy(() -> Disclosures.main(new String[] {document.toString()}))
        .hasMessageContaining("other.md")
        .hasMessageContaining("./disclosures");
    assertThat(Files.readString(document)).isEqualTo("# Other\n");
  }

  private static boolean outside(String what) {
    return all().stream().anyMatch(each -> each.figure().what().equals(what) && !each.inside());
  }

  private static List<Comparison> all() {
    List<Comparison> all = new ArrayList<>(OUTPUTS.comparisons());
    all.addAll(TRAINING_RUNS.comparisons());
    return all;
  }
}
