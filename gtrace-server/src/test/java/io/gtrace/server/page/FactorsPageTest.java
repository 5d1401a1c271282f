package io.gtrace.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactorsPageTest extends PageTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aModelIsFoundByItsWordsAndEstimated() {
    Page page = open("/factors");
    page.getByLabel("Words").fill("llama 70b 3.3");
    page.getByText("Search").click();
    assertThat(page.locator("tbody tr").first()).containsText("llama-3.3-70b-instruct");
    page.getByText("Estimate").first().click();
    page.waitForURL("**/calculator?kind=text&model=llama-3.3-70b-instruct*");
    assertThat(page.locator("main")).containsText("with llama-3.3-70b-instruct");
  }

  @Test
  void everyKindHasItsSources() {
    for (FactorsPage.Kind kind : FactorsPage.Kind.values()) {
      Page page = open("/factors?kind=" + kind.field());
      assertThat(page.locator("th", new Page.LocatorOptions().setHasText("Source"))).hasCount(1);
      assertThat(page.locator("tbody tr")).hasCount(40);
      assertThat(barriers(page)).isEmpty();
      page.getByText("Next").click();
      assertThat(page.locator("caption")).containsText(" 41 to ");
      page.close();
    }
  }

  @Test
  void onlyWhatAUserLaidOverIsOwn() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("factors.yaml"),
            """
            models:
              - id: gpt-4o
                aliases: [our-chat]
            grid_intensities:
              - zone: FR
                year: 2030
                quantity: average-lifecycle
                g_per_kwh: 41
                tier: measured
                source: our supplier
                licence: own
            """);
    FactorCatalogue catalogue = FactorCatalogue.shippedWith(file);
    OwnFactors own = OwnFactors.beside(FactorCatalogue.shipped());
    assertThat(catalogue.models().stream().filter(own::isOwn).map(model -> model.id()))
        .containsExactly("gpt-4o");
    assertThat(own.isOwnZone(catalogue, catalogue.zone("FR", Fallback.REFUSE))).isTrue();
    assertThat(own.isOwnZone(catalogue, catalogue.zone("DE", Fallback.REFUSE))).isFalse();
    assertThat(catalogue.regions()).noneMatch(own::isOwn);
    assertThat(catalogue.accelerators()).noneMatch(own::isOwn);
    assertThat(catalogue.assumptions()).noneMatch(own::isOwn);
  }
}
