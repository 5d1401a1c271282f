package io.gtrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.governance.demo.DemoOrganisation;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.profile.Profile;
import io.gtrace.governance.pyramid.Assessor;
import io.gtrace.governance.pyramid.Pyramid;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ratecard.RateCard;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens the page of an assessment in an installed Chromium; skipped where there is none. */
class AssessmentPageBrowserTest extends BrowserTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'&</script><b>";

  @TempDir private static Path folder;
  private static String html = "";

  /** The demo organisation with a name that tries to be markup, and a faulty piece of evidence. */
  @BeforeAll
  static void makePage() throws IOException {
    FactorCatalogue catalogue = FactorCatalogue.shipped();
    RateCard card =
        new RateCard(catalogue, Draws.standard(catalogue.correlations()), Fallback.ALLOW);
    DemoOrganisation demo =
        DemoOrganisation.make(folder, card, InstantSource.fixed(NOW), Reading.SILENT, "test");
    Files.writeString(
        demo.profile(),
        Files.readString(demo.profile())
                .replace("Example AG (made up)", "'" + HOSTILE.replace("'", "''") + "'")
            + "thresholds: {\"3.5\": 95}\n");
    Files.writeString(
        folder.resolve("evidence/labels.csv"), "model,label,source\n" + HOSTILE + ",,\n");
    Profile profile = Profile.read(demo.profile());
    html =
        AssessmentPage.html(
            new Assessor(Pyramid.shipped(), card)
                .assess(
                    Ledger.open(demo.ledger()).snapshot(),
                    profile,
                    Evidence.read(profile.evidence(), EvidenceKinds.shipped()),
                    ReportingPeriod.parse("2025-Q4"),
                    List.of()),
            NOW);
  }

  @Test
  void thePyramidHasAStepForEachLevelAndAMarkForEachIndicator() {
    Page page = open(html, sized(1200));
    assertThat(page.locator("svg .step").count()).isEqualTo(7);
    assertThat(page.locator("svg .step.reached").count()).isEqualTo(3);
    assertThat(page.locator("svg .mark").count()).isEqualTo(42);
    assertThat(page.locator("svg .mark.fail").count()).isPositive();
    assertThat(page.locator("svg").getAttribute("aria-label"))
        .contains("L1 Bounded reached, 6 of 6 pass", "L4 Controlled not reached");
    var base = page.locator("svg .step").last().locator("polygon").boundingBox();
    var top = page.locator("svg .step").first().locator("polygon").boundingBox();
    assertThat(top.width).isLessThan(base.width);
    assertThat(top.y).isLessThan(base.y);
    assertThat(requests()).singleElement().satisfies(url -> assertThat(url).startsWith("file:"));
    assertThat(complaints()).isEmpty();
  }

  @Test
  void namesAreNothingButTextAndLoosenedThresholdsAndFaultsShow() {
    Page page = open(html, sized(1200));
    assertThat(page.locator("img, main b").count()).isZero();
    assertThat(page.locator("h1").innerText()).isEqualTo(HOSTILE);
    assertThat(page.locator("main").innerText())
        .contains("loosened from ≤ 30 to ≤ 95", "labels.csv, line 2", "level 4 is reached");
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1200})
  void nothingIsWiderThanTheScreen(int width) {
    Page page = open(html, sized(width));
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    assertThat(page.locator("svg").boundingBox().width).isLessThanOrEqualTo(width);
  }
}
