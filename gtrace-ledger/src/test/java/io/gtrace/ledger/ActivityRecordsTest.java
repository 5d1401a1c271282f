package io.gtrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.GTrace;
import io.gtrace.activity.TextGeneration;
import io.gtrace.ledger.ActivityRecords.Answer;
import io.gtrace.ledger.ActivityRecords.Judged;
import io.gtrace.ledger.ActivityRecords.Priced;
import io.gtrace.ledger.ActivityRecords.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityRecordsTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final String CALL =
      """
      {"model": "gpt-4o", "region": "FR", "output_tokens": 300}\
      """;

  private final ActivityRecords records =
      new ActivityRecords(GTrace.standard().card(), InstantSource.fixed(NOW));

  private Answer read(String json) {
    return records.read("body", json.getBytes(StandardCharsets.UTF_8));
  }

  private static String reason(Judged judged) {
    return ((Refused) judged).refusal().toString();
  }

  @Test
  void aRecordIsPricedAsItsActivity() {
    Priced priced = (Priced) read(CALL).records().get(0);
    assertThat(priced.row().price(priced.activity().volumes(priced.row().defaults())).carbonKg())
        .isEqualTo(
            GTrace.standard().estimate(TextGeneration.of("gpt-4o", 0, 300).at("FR")).carbonKg());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s%s%s", "%s\n%s\n%s", "[%s,%s,%s]", "[\n%s,\n%s,\n%s\n]"})
  void whatIsWrongIsAnsweredInItsPlace(String form) {
    Answer answer = read(form.formatted(CALL, CALL.replace("300", "-1"), CALL));
    assertThat(answer.records()).hasSize(3);
    assertThat(answer.records().get(0)).isInstanceOf(Priced.class);
    assertThat(reason(answer.records().get(1))).contains("line 2, output_tokens");
    assertThat(answer.records().get(2)).isInstanceOf(Priced.class);
  }

  @Test
  void whatIsNoRecordHasItsPlaceToo() {
    Answer answer = read("[%s, 3, %s]".formatted(CALL, CALL));
    assertThat(answer.records()).hasSize(3);
    assertThat(reason(answer.records().get(1))).contains("line 2");
    Answer broken = read(CALL + "\n{\"model\": \n" + CALL);
    assertThat(broken.records()).hasSize(3);
    assertThat(reason(broken.records().get(1))).contains("line 2");
  }

  @Test
  void namesThatMeanNothingAreTold() {
    Answer answer = read(CALL.replace("output_tokens", "tokens_out"));
    assertThat(reason(answer.records().get(0))).contains("output_tokens: is empty");
    assertThat(answer.notes()).singleElement().asString().contains("did you mean output_tokens?");
  }

  @Test
  void whatCannotBePricedNamesItsColumn() {
    Judged judged =
        records.read(
            "query",
            Map.of(
                UsageColumn.MODEL,
                "gpt-4o",
                UsageColumn.SITE,
                "Atlantis",
                UsageColumn.OUTPUT_TOKENS,
                "3"));
    assertThat(reason(judged)).contains("site: unknown place 'Atlantis'");
  }
}
