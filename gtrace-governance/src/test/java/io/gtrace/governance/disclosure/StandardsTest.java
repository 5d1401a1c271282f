package io.gtrace.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gtrace.simulation.document.DocumentException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The file of standards. */
class StandardsTest {
  private static final String WHOLE =
      """
      version: "1"
      standards:
        - id: one
          title: One
          act: An act
          status: published
          date: "2026-01-01"
          source: https://example.org/act
          sections:
            - name: Part
              fields:
                - {id: a, label: A, unit: kWh, from: energy}
                - {id: b, label: B}
          rules:
            - {kind: PRESENT, fields: [b], because: it matters}
      """;

  @Test
  void allStandardsOfTheDesignAreThere() {
    assertThat(Standards.shipped().all())
        .extracting(Standard::id)
        .contains(
            "sci",
            "sci-ai",
            "ghg",
            "esrs-e1",
            "eu-ai-act-xi",
            "eu-datacentre",
            "cdp",
            "sbti",
            "iso-14064-1",
            "iso-14067");
  }

  @Test
  void everyKindOfRuleIsInUse() {
    Set<Rule.Kind> used =
        Standards.shipped().all().stream()
            .flatMap(standard -> standard.rules().stream())
            .map(Rule::kind)
            .collect(Collectors.toSet());
    assertThat(used).containsExactlyInAnyOrder(Rule.Kind.values());
  }

  @Test
  void carbonIsNoRequiredFieldOfTheAiAct() {
    Standard act = Standards.shipped().named("eu-ai-act-xi").orElseThrow();
    assertThat(act.field("carbon").orElseThrow().isRequired()).isFalse();
    assertThat(act.field("energy").orElseThrow().isRequired()).isTrue();
  }

  /** The sums of roles 301050 and 301060 in EFRAG's calculation linkbases of 2023-12-22. */
  @Test
  void whatEsrsE1SumsUpIsWhatItsTaxonomyDoes() {
    Standard esrs = Standards.shipped().named("esrs-e1").orElseThrow();
    assertThat(esrs.taxonomy()).isEqualTo("https://xbrl.efrag.org/taxonomy/esrs/2023-12-22");
    assertThat(parts(esrs, "esrs:LocationBasedGreenhouseGasEmissions"))
        .containsExactlyInAnyOrder(
            "esrs:GrossScope1GreenhouseGasEmissions",
            "esrs:GrossLocationBasedScope2GreenhouseGasEmissions",
            "esrs:GrossScope3GreenhouseGasEmissions");
    assertThat(parts(esrs, "esrs:MarketBasedGreenhouseGasEmissions"))
        .containsExactlyInAnyOrder(
            "esrs:GrossScope1GreenhouseGasEmissions",
            "esrs:GrossMarketBasedScope2GreenhouseGasEmissions",
            "esrs:GrossScope3GreenhouseGasEmissions");
    assertThat(parts(esrs, "esrs:EnergyConsumptionRelatedToOwnOperations"))
        .containsExactlyInAnyOrder(
            "esrs:EnergyConsumptionFromFossilSources",
            "esrs:EnergyConsumptionFromNuclearSources",
            "esrs:EnergyConsumptionFromRenewableSources");
  }

  /** Elements of the fields that a rule of the standard sums up to an element. */
  private static List<String> parts(Standard standard, String element) {
    return standard.rules().stream()
        .filter(Rule.Equal.class::isInstance)
        .map(Rule.Equal.class::cast)
        .filter(rule -> standard.field(rule.field()).orElseThrow().xbrl().equals(element))
        .flatMap(rule -> rule.terms().stream())
        .map(term -> standard.field(term.factors().get(0)).orElseThrow().xbrl())
        .toList();
  }

  @Test
  void aWholeFileIsRead() {
    Standard one = Standards.read("own.yaml", WHOLE).named("one").orElseThrow();
    assertThat(one.fields()).extracting(Field::id).containsExactly("a", "b");
    assertThat(one.mark()).isEmpty();
  }

  static Stream<Map.Entry<String, String>> faults() {
    return Map.of(
        WHOLE.replace("from: energy", "from: enregy"), "own.yaml, line 12",
        WHOLE.replace("fields: [b]", "fields: [c]"), "'c' is no field of one",
        WHOLE.replace("id: b,", "id: a,"), "'a' is there twice",
        WHOLE.replace("status: published", "status: final"), "own.yaml, line 6",
        WHOLE.replace("kind: PRESENT", "kind: PRESNT"), "own.yaml, line 15",
        WHOLE.replace("label: B}", "label: B, xbrl: \"esrs:Assets\"}"), "own.yaml, line 13",
        WHOLE.replace("label: B}", "label: B, audience: [everybody]}"), "own.yaml, line 13")
        .entrySet()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultIsNamedWithItsPlace(Map.Entry<String, String> fault) {
    assertThatThrownBy(() -> Standards.read("own.yaml", fault.getKey()))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining(fault.getValue());
  }
}
