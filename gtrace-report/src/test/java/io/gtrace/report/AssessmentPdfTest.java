package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.profile.Profile;
import io.gtrace.governance.pyramid.Assessor;
import io.gtrace.governance.pyramid.Pyramid;
import io.gtrace.ledger.LedgerIngest;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document for a board, read back. */
class AssessmentPdfTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  @TempDir private static Path folder;
  private static byte[] pdf = {};

  /** An organisation without evidence, whose name tries to be markup and holds a control. */
  @BeforeAll
  static void makeDocument() throws IOException {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    RateCard card =
        new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
    Path usage =
        Files.writeString(
            folder.resolve("usage.csv"),
            """
            timestamp,model,region,team,output_tokens
            2025-11-03T10:00Z,gpt-4o,eu-west-3,support,90000
            2025-12-04T10:00Z,gpt-4o-mini,eu-west-3,support,80000
            """);
    Ledger ledger = Ledger.openOrCreate(folder.resolve("ledger"));
    new LedgerIngest(card, InstantSource.fixed(NOW), Reading.SILENT, "test")
        .ingest(
            ledger,
            Duration.ZERO,
            List.of(usage),
            UsageDefaults.NONE,
            folder.resolve("quarantine.jsonl"));
    Path profile =
        Files.writeString(
            folder.resolve("org.yaml"),
            "organisation: \"<b>Škoda & Søn\\u0001\"\nthresholds: {\"3.5\": 95}\n");
    pdf =
        AssessmentPage.pdf(
            new Assessor(Pyramid.shipped(), card)
                .assess(
                    ledger.snapshot(),
                    Profile.read(profile),
                    Evidence.read(folder.resolve("evidence"), EvidenceKinds.shipped()),
                    ReportingPeriod.parse("2025-Q4"),
                    List.of()),
            NOW);
  }

  @Test
  void theFirstPageIsForTheBoardAndTheDetailIsBehindIt() throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDFTextStripper text = new PDFTextStripper();
      text.setEndPage(1);
      assertThat(text.getText(document))
          .contains(
              "<b>Škoda & Søn",
              "No level is reached in 2025-Q4",
              "L7 Stewarded",
              "What lifts it to L1 Bounded",
              "1.1 (gate)",
              "loosened from ≤ 30 to ≤ 95",
              "Page 1 of " + document.getNumberOfPages())
          .doesNotContain("Value (threshold)");
      text.setStartPage(2);
      text.setEndPage(Integer.MAX_VALUE);
      assertThat(text.getText(document).replaceAll("\\s+", " "))
          .contains("7.6 Circularity", "Method", "sha256:");
    }
  }

  @Test
  void whoCannotSeeItHearsIt() throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getDocumentCatalog().getLanguage()).startsWith("en");
      assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
      assertThat(document.getDocumentInformation().getTitle()).contains("Škoda & Søn, 2025-Q4");
      List<PDStructureElement> elements = new ArrayList<>();
      collect(document.getDocumentCatalog().getStructureTreeRoot(), elements);
      assertThat(of("H1", elements)).hasSize(1);
      assertThat(of("H2", elements)).hasSizeGreaterThan(8);
      assertThat(of("Table", elements)).hasSize(9);
      assertThat(of("Figure", elements))
          .hasSize(7)
          .allSatisfy(figure -> assertThat(figure.getAlternateDescription()).contains("reached"));
    }
  }

  private static List<PDStructureElement> of(String type, List<PDStructureElement> elements) {
    return elements.stream().filter(each -> each.getStructureType().equals(type)).toList();
  }

  private static void collect(PDStructureNode node, List<PDStructureElement> into) {
    for (Object kid : node.getKids()) {
      if (kid instanceof PDStructureElement element) {
        into.add(element);
        collect(element, into);
      }
    }
  }

  @Test
  void itBringsItsFontAndNeedsNoOther() throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      for (PDPage page : document.getPages()) {
        for (var name : page.getResources().getFontNames()) {
          PDFont font = page.getResources().getFont(name);
          assertThat(font.isEmbedded()).as(font.getName()).isTrue();
        }
      }
    }
  }
}
