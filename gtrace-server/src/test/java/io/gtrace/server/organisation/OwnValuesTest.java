package io.gtrace.server.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Fallback;
import io.gtrace.ratecard.RateCard;
import io.gtrace.server.organisation.OwnValue.Kind;
import io.gtrace.uncertainty.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnValuesTest {
  private static final FactorCatalogue SHIPPED = FactorCatalogue.shipped();
  private static final Draws DRAWS = Draws.standard(SHIPPED.correlations());

  @TempDir private Path folder;

  private static RateCard card(FactorCatalogue catalogue) {
    return new RateCard(catalogue, DRAWS, Fallback.ALLOW);
  }

  private RateCard cardWith(String yaml) throws IOException {
    return card(
        FactorCatalogue.shippedWith(Files.writeString(folder.resolve("factors.yaml"), yaml)));
  }

  private static OwnValues.Given given(
      RateCard beneath, Kind kind, String id, Map<String, String> numbers) {
    Map<String, String> said = new HashMap<>(numbers);
    said.putAll(Map.of("year", "2026", "tier", "measured", "source", "our meters"));
    return new OwnValues.Given(
        OwnValue.read(beneath.catalogue(), kind, id, said),
        "ada",
        Instant.parse("2026-11-25T12:00:00Z"));
  }

  private static double pue(RateCard card) {
    return Kind.REGION.known(card.catalogue(), "aws/eu-west-3").numbers().getOrDefault("pue", 0.0);
  }

  @ParameterizedTest
  @CsvSource({
    "grid-water-log-sd, 50, 50, 50, must be 0 to 10",
    "request-log-sd-text, -1, -1, -1, must be 0 to 10",
    "server-lifetime-years, 0, 0, 0, outside the range",
    "server-use, 1.5, 1.5, 1.5, outside the range",
    "token-law-weights, -2, -2, -2, outside the range",
    "device-embodied-kg-per-accelerator, -1e6, -1e6, -1e6, cannot be priced"
  })
  void whatNothingCouldBePricedByIsRefusedAndChangesNothing(
      String id, String median, String low, String high, String told) {
    OwnValues values = new OwnValues(folder);
    RateCard beneath = card(SHIPPED);
    OwnValues.Given absurd =
        given(beneath, Kind.CONSTANT, id, Map.of("median", median, "low", low, "high", high));
    assertThatThrownBy(() -> values.give(beneath, absurd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told);
    assertThat(values.all()).isEmpty();
    assertThat(values.factors()).doesNotExist();
  }

  @Test
  void valuesThatNewFactorsDoNotTakeAreKeptOutOfForceAndLoseNoServer() throws IOException {
    RateCard first =
        cardWith(
            """
            models:
              - id: our-chat
                name: our chat
                family: ours
                architecture: dense
                open_weights: false
                precision: bf16
                provider: default
                modality: text
                total_params_b_low: 8
                total_params_b_high: 8
                active_params_b_low: 8
                active_params_b_high: 8
                params_tier: disclosed
                source: ours
                year: 2026
                licence: own
            """);
    OwnValues values = new OwnValues(folder);
    OwnValues.Given ofGone =
        given(first, Kind.MODEL, "our-chat", Map.of("total_params_b_high", "9"));
    OwnValues.Given outside = given(first, Kind.CONSTANT, "serving-batch", Map.of("median", "20"));
    OwnValues.Given fits = given(first, Kind.REGION, "aws/eu-west-3", Map.of("pue", "1.9"));
    List.of(ofGone, outside, fits).forEach(each -> values.give(first, each));
    RateCard second =
        cardWith(
            """
            assumptions:
              - id: serving-batch
                low: 50
                median: 128
                high: 1600
            """);

    OwnValues restarted = new OwnValues(folder);
    RateCard laid = restarted.layAnew(second);
    assertThat(pue(laid)).isEqualTo(1.9);
    assertThat(laid.catalogue().findModel("our-chat")).isEmpty();
    assertThat(laid.catalogue().assumption("serving-batch").median()).isEqualTo(128);
    assertThat(restarted.all()).containsExactly(ofGone, outside, fits);
    assertThat(restarted.all().stream().filter(restarted::isIdle)).containsExactly(ofGone, outside);
    assertThat(pue(second.withFactors(second.catalogue().with(restarted.factors()))))
        .isEqualTo(1.9);
    RateCard more =
        restarted.give(second, given(second, Kind.REGION, "aws/eu-west-3", Map.of("pue", "1.2")));
    assertThat(pue(more)).isEqualTo(1.2);
    restarted.forget(second, Kind.MODEL, "our-chat");
    assertThat(restarted.all()).hasSize(2);
    assertThat(new OwnValues(folder).layAnew(first).catalogue().assumption("serving-batch"))
        .as("in force again with the factors that it fits")
        .satisfies(batch -> assertThat(batch.median()).isEqualTo(20));
  }

  @Test
  void ofValuesThatFitOnlyWithoutEachOtherTheNewerIsInForce() throws IOException {
    RateCard beneath = card(SHIPPED);
    OwnValues values = new OwnValues(folder);
    OwnValues.Given older = given(beneath, Kind.CONSTANT, "serving-batch", Map.of("low", "100"));
    OwnValues.Given newer = given(beneath, Kind.CONSTANT, "serving-batch", Map.of("median", "110"));
    values.give(beneath, older);
    values.give(beneath, newer);
    Path kept = folder.resolve("own-values.json");
    Files.writeString(kept, Files.readString(kept).replace("110", "90"));
    OwnValues restarted = new OwnValues(folder);
    assertThat(restarted.layAnew(beneath).catalogue().assumption("serving-batch").median())
        .isEqualTo(90);
    assertThat(restarted.isIdle(older)).isTrue();
  }

  @Test
  void theFileOfOwnFactorsFollowsFromWhatWasGiven() throws IOException {
    RateCard beneath = card(SHIPPED);
    OwnValues values = new OwnValues(folder);
    values.give(beneath, given(beneath, Kind.REGION, "aws/eu-west-3", Map.of("pue", "1.9")));
    String written = Files.readString(values.factors());
    Files.delete(values.factors());
    assertThat(pue(new OwnValues(folder).layAnew(beneath))).isEqualTo(1.9);
    assertThat(values.factors()).hasContent(written);
    values.forget(beneath, Kind.REGION, "aws/eu-west-3");
    Files.writeString(values.factors(), written);
    assertThat(new OwnValues(folder).layAnew(beneath)).isSameAs(beneath);
    assertThat(values.factors()).doesNotExist();
  }
}
