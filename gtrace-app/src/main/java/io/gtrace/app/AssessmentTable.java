package io.gtrace.app;

import io.gtrace.governance.pyramid.Assessment;
import io.gtrace.governance.pyramid.IndicatorResult;
import io.gtrace.governance.pyramid.IndicatorResult.CriterionResult;
import io.gtrace.report.AssessmentWords;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** An assessment as CSV, one indicator a line. */
final class AssessmentTable {
  private static final List<TextTable.Column<IndicatorResult>> COLUMNS =
      List.of(
          TextTable.Column.forFiles("id", each -> each.indicator().id()),
          TextTable.Column.forFiles("name", each -> each.indicator().name()),
          TextTable.Column.forFiles("gate", each -> each.indicator().isGate()),
          TextTable.Column.forFiles("verdict", each -> each.verdict().name()),
          TextTable.Column.forFiles(
              "value", each -> number(each, result -> result.estimate().value())),
          TextTable.Column.forFiles("low", each -> number(each, result -> result.estimate().low())),
          TextTable.Column.forFiles(
              "high", each -> number(each, result -> result.estimate().high())),
          TextTable.Column.forFiles("unit", each -> each.indicator().criteria().get(0).unit()),
          TextTable.Column.forFiles(
              "threshold", each -> AssessmentWords.threshold(each.indicator().criteria().get(0))),
          TextTable.Column.forFiles("evidence", AssessmentWords::grade),
          TextTable.Column.forFiles("reasons", each -> String.join("; ", each.reasons())),
          TextTable.Column.forFiles("loosened", each -> String.join("; ", each.loosened())),
          TextTable.Column.forFiles("action", each -> each.indicator().action()),
          TextTable.Column.forFiles("next_step", IndicatorResult::nextStep),
          TextTable.Column.forFiles("worth_kind", each -> each.indicator().kind().label()),
          TextTable.Column.forFiles(
              "worth_carbon_kg",
              each ->
                  each.worthKg().isPresent()
                      ? OptionalDouble.of(each.worthKg().get().value())
                      : OptionalDouble.empty()));

  private AssessmentTable() {}

  private static OptionalDouble number(
      IndicatorResult each, ToDoubleFunction<CriterionResult> value) {
    return each.results().stream().mapToDouble(value).findFirst();
  }

  static void print(PrintWriter out, Assessment assessment) {
    new TextTable<>(COLUMNS, assessment.indicators().toList()).print(out, OutputFormat.csv);
  }
}
