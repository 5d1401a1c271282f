package io.gtrace.governance.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.activity.Driver;
import io.gtrace.ledger.query.GroupBy;
import io.gtrace.simulation.document.DocumentException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganisationReaderTest {
  private static final OrganisationReader READER = new OrganisationReader(LedgerFixture.CATALOGUE);

  @Test
  void readsEverything() {
    Organisation read =
        READER.read(
            "org.yaml",
            """
            regions: [eu-west-3, aws/eu-north-1]
            capacity-kw: {eu-north-1: 40}
            prices:
              currency: EUR
              electricity-per-kwh: {aws/eu-north-1: 0.05}
              models:
                gpt-4o: {input: 2.5, cached-input: 1.25, output: 10}
            quality: {gpt-4o: 4, gpt-4o-mini: 3}
            smaller: {gpt-4o: gpt-4o-mini}
            assumptions:
              cascade-miss-rate: {low: 0.2, median: 0.3, high: 0.4, source: own test of June}
              slack-hours: 8
            workloads:
              - name: chat
                team: support
                users: FR
                max-latency-ms: 60
                residency: [EU]
                slack-hours: 0
                min-quality: 3
                without: [shorter-outputs]
            """);
    assertThat(read.regions()).containsExactly("aws/eu-west-3", "aws/eu-north-1");
    assertThat(read.capacityKw()).containsEntry("aws/eu-north-1", 40.0);
    assertThat(read.prices().models().get("gpt-4o")).containsEntry(Driver.OUTPUT_TOKENS, 1e-5);
    assertThat(read.assumptions().get("cascade-miss-rate").provenance().source())
        .isEqualTo("own test of June");
    assertThat(read.assumptions().get("slack-hours").median()).isEqualTo(8);
    Workload chat = read.workloads().get(0);
    assertThat(chat.match()).isEqualTo(Map.of(GroupBy.TEAM, "support"));
    assertThat(chat.slackHours()).hasValue(0);
    assertThat(chat.users()).isPresent();
    assertThat(read.dimensions()).containsExactly(GroupBy.TEAM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "regions: [mars]|line 1|no place 'mars'",
        "region: [FR]|line 1|there are workloads, regions",
        "quality: {gpt-4oo: 3}|line 1|no model 'gpt-4oo'",
        "assumptions: {luck: 1}|line 1|cascade-miss-rate",
        "assumptions: {cascade-miss-rate: 1.5}|line 1|from 0 to 1",
        "assumptions: {cascade-miss-rate: {low: 0.5, median: 0.3}}|line 1|ascending",
        "assumptions: {pue-target: 0.9}|line 1|from 1 to",
        "assumptions: {cascade-miss-rate: much}|line 1|number",
        "workloads: [{name: a, slack-hours: -1}]|line 1|at least 0",
        "workloads: [{name: a, slack-hours: 1.5}]|line 1|must be a whole number, not '1.5'",
        "workloads: [{name: a, residency: [Atlantis]}]|line 1|no country",
        "workloads: [{name: a, without: [magic]}]|line 1|no action 'magic'",
        "workloads: [{name: a}, {name: a}]|line 1|twice",
        "workloads: [{team: a}]|line 1|'name'",
        "capacity-kw: {aws/eu-north-1: -4}|line 1|at least 0",
        "prices: {currency: EUR, models: {gpt-4o: {inputs: 1}}}|line 1|there are input",
      })
  void saysWhatIsWrongAndWhere(String yaml, String line, String complaint) {
    assertThatThrownBy(() -> READER.read("org.yaml", yaml))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("org.yaml, " + line)
        .hasMessageContaining(complaint);
  }

  @Test
  void tellsTheLineOfAFieldFarDown() {
    assertThatThrownBy(
            () -> READER.read("org.yaml", "workloads:\n  - name: a\n    slack-hours: soon\n"))
        .hasMessageContaining(
            "org.yaml, line 3, workloads.0.slack-hours: must be a whole number, not 'soon'");
  }

  @Test
  void everyShippedAssumptionHasAnIntervalAndASource() {
    Assumptions shipped = Assumptions.shipped();
    for (String id : shipped.ids()) {
      var assumption = shipped.get(id);
      assertThat(assumption.provenance().source()).as(id).isNotBlank();
      assertThat(assumption.scatter().low()).as(id).isLessThanOrEqualTo(assumption.median());
      assertThat(assumption.scatter().high()).as(id).isGreaterThanOrEqualTo(assumption.median());
    }
  }
}
