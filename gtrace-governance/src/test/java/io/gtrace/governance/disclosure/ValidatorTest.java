package io.gtrace.governance.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.gtrace.governance.facts.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each kind of rule, kept and broken. */
class ValidatorTest {
  private static final FigureTrace TRACE =
      new FigureTrace("", Optional.empty(), false, List.of(), List.of(), "seal");

  private static Field field(String id, String unit) {
    return new Field(
        id,
        "Part",
        id,
        unit.isEmpty() ? Optional.empty() : Optional.of(UnitOfMeasure.parse(unit)),
        Optional.empty(),
        true,
        Condition.ALWAYS,
        List.of(),
        List.of(),
        false,
        "");
  }

  private static Entry computed(String id, double value, String unit, Account... accounts) {
    Figure figure =
        new Figure("", Estimate.exact(value), UnitOfMeasure.parse(unit), Set.of(accounts), TRACE);
    return Entry.filled(field(id, unit), List.of(new Answer.Computed(figure)));
  }

  private static Entry stated(String id, String text, String unit) {
    OptionalDouble number =
        unit.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    return Entry.filled(
        field(id, unit), List.of(new Answer.Stated(text, number, "org.yaml, line 1")));
  }

  private static List<String> broken(String rule, Entry... entries) {
    List<String> fields = new ArrayList<>();
    Arrays.stream(entries).forEach(each -> fields.add("{id: " + each.field().id() + ", label: L}"));
    Standard standard =
        Standards.read(
                "own.yaml",
                """
                version: "1"
                standards:
                  - id: one
                    title: One
                    act: An act
                    status: published
                    date: "2026-01-01"
                    source: https://example.org/act
                    sections: [{name: Part, fields: [%s]}]
                    rules: [%s]
                """
                    .formatted(
                        String.join(", ", fields), rule.replace("}", ", because: it matters}")))
            .all()
            .get(0);
    Form form =
        new Form(
            standard,
            "Example",
            Organisation.PERIOD,
            Optional.empty(),
            List.of(entries),
            List.of(),
            List.of());
    return Validator.breaches(form).stream().map(Breach::toString).toList();
  }

  @Test
  void present() {
    String rule = "{kind: PRESENT, fields: [a]}";
    assertThat(broken(rule, stated("a", "words", ""))).isEmpty();
    assertThat(broken(rule, Entry.empty(field("a", ""), Entry.State.MISSING, "")))
        .containsExactly("PRESENT a: is missing (it matters)");
    assertThat(broken(rule, Entry.empty(field("a", ""), Entry.State.NOT_APPLICABLE, "no such")))
        .isEmpty();
  }

  @Test
  void unit() {
    String rule = "{kind: UNIT, fields: [a], unit: MWh, min: 0, max: 10, digits: 2}";
    assertThat(broken(rule, stated("a", "1.5", "MWh"))).isEmpty();
    assertThat(broken(rule, computed("a", 2, "MWh"))).isEmpty();
    assertThat(broken(rule, stated("a", "1500", "kWh")))
        .containsExactly("UNIT a: is told in kWh, not MWh (it matters)");
    assertThat(broken(rule, stated("a", "2", "MWh")))
        .containsExactly("UNIT a: 2 has fewer than 2 significant digits (it matters)");
    assertThat(broken(rule, stated("a", "0.002", "MWh"))).hasSize(1);
    assertThat(broken(rule, stated("a", "0.0020", "MWh"))).isEmpty();
    assertThat(broken(rule, computed("a", -1, "MWh")))
        .containsExactly("UNIT a: -1 is below 0 (it matters)");
    assertThat(broken(rule, stated("a", "11", "MWh")))
        .containsExactly("UNIT a: 11 is above 10 (it matters)");
  }

  @Test
  void equal() {
    String sum = "{kind: EQ, field: a, terms: [[b], [c]]}";
    Entry b = computed("b", 2, "tCO2e");
    Entry c = computed("c", 500, "kgCO2e");
    assertThat(broken(sum, computed("a", 2.5, "tCO2e"), b, c)).isEmpty();
    assertThat(broken(sum, computed("a", 2.6, "tCO2e"), b, c))
        .containsExactly("EQ a: is 2.6, and should be 2.50000 tCO2e (it matters)");
    String ratio = "{kind: EQ, field: a, terms: [[b, /c]], tolerance: 0.005}";
    Entry total = computed("b", 6, "MWh");
    Entry it = computed("c", 5000, "kWh");
    assertThat(broken(ratio, stated("a", "1.2", "1"), total, it)).isEmpty();
    assertThat(broken(ratio, stated("a", "1.3", "1"), total, it)).hasSize(1);
  }

  @Test
  void separateTotals() {
    String rule = "{kind: SEP, never_added: [b, c]}";
    Entry b = computed("b", 2, "tCO2e");
    Entry c = computed("c", 3, "tCO2e");
    assertThat(broken(rule, stated("a", "4", "tCO2e"), b, c)).isEmpty();
    assertThat(broken(rule, stated("a", "5000", "kgCO2e"), b, c))
        .containsExactly("SEP a: is the sum of b and c (it matters)");
    assertThat(broken(rule, stated("a", "5", "MWh"), b, c)).isEmpty();
  }

  @Test
  void separateCredits() {
    String rule = "{kind: SEP, never_netted: [b, c]}";
    Entry gross = computed("b", 10, "tCO2e");
    Entry credits = computed("c", 4, "tCO2e");
    assertThat(broken(rule, stated("a", "10", "tCO2e"), gross, credits)).isEmpty();
    assertThat(broken(rule, stated("a", "6", "tCO2e"), gross, credits))
        .containsExactly("SEP a: is the difference of b and c (it matters)");
  }

  @Test
  void separateAccounts() {
    String without = "{kind: SEP, fields: [a], without: [market-based, credits]}";
    assertThat(broken(without, computed("a", 1, "tCO2e", Account.LOCATION_BASED))).isEmpty();
    assertThat(broken(without, computed("a", 1, "tCO2e", Account.MARKET_BASED)))
        .containsExactly("SEP a: has market-based in it (it matters)");
    String apart = "{kind: SEP, apart: [location-based, market-based]}";
    assertThat(broken(apart, computed("a", 1, "tCO2e", Account.LOCATION_BASED, Account.EMBODIED)))
        .isEmpty();
    assertThat(
            broken(apart, computed("a", 1, "tCO2e", Account.LOCATION_BASED, Account.MARKET_BASED)))
        .containsExactly("SEP a: adds location-based and market-based (it matters)");
  }

  @Test
  void covered() {
    String rule = "{kind: COV, field: a, at_least: 95}";
    assertThat(broken(rule, computed("a", 95, "%"))).isEmpty();
    assertThat(broken(rule, computed("a", 94, "%")))
        .containsExactly("COV a: 94 is below 95 (it matters)");
  }

  @Test
  void versioned() {
    String rule = "{kind: VER, fields: [a]}";
    assertThat(broken(rule, computed("a", 1, "tCO2e"))).isEmpty();
    assertThat(broken(rule, stated("a", "1", "tCO2e")))
        .containsExactly(
            "VER a: rests on a statement alone (as stated: org.yaml, line 1) (it matters)");
  }
}
