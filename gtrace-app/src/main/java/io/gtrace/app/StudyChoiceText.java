package io.gtrace.app;

import io.gtrace.footprint.Quantity;
import io.gtrace.report.Figures;
import io.gtrace.simulation.study.LocalChoice;
import io.gtrace.simulation.study.LocalChoice.InCountry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Who should run where, for a terminal. */
final class StudyChoiceText {
  private static final int COUNTRIES_SHOWN = 8;
  private static final double EVEN = 0.5;
  private static final double PER_KILO = 1e3;

  private StudyChoiceText() {}

  static void print(PrintWriter out, List<LocalChoice> choices) {
    out.println("Who should run where: local wins if k x user's grid < PUE x data centre's grid");
    new TextTable<>(
            List.of(
                TextTable.Column.<LocalChoice>forPeople("  device", each -> "  " + each.device()),
                TextTable.Column.<LocalChoice>forPeople(
                    "in the data centre", LocalChoice::serviceModel),
                TextTable.Column.<LocalChoice>forPeople(
                    "k", each -> interval(each.energyRatio(), 1)),
                TextTable.Column.<LocalChoice>forPeople(
                    "PUE x grid, g/kWh", each -> interval(each.serviceKgPerKwh(), PER_KILO)),
                TextTable.Column.<LocalChoice>forPeople(
                    "law holds", each -> likely(each, InCountry::lawHolds)),
                TextTable.Column.<LocalChoice>forPeople(
                    "local wins", each -> likely(each, InCountry::localWins))),
            choices)
        .print(out, OutputFormat.text);
    out.println(
        "Probability that local causes less carbon: by the law / wear and network included");
    new TextTable<>(
            columns(choices), choices.get(0).countries().stream().limit(COUNTRIES_SHOWN).toList())
        .print(out, OutputFormat.text);
  }

  private static List<TextTable.Column<InCountry>> columns(List<LocalChoice> choices) {
    List<TextTable.Column<InCountry>> columns = new ArrayList<>();
    columns.add(TextTable.Column.forPeople("  country", each -> "  " + each.name()));
    columns.add(
        TextTable.Column.forPeople(
            "grid, g/kWh", each -> Figures.rounded(each.gridKgPerKwh().median() * PER_KILO)));
    for (LocalChoice choice : choices) {
      columns.add(
          TextTable.Column.forPeople(
              choice.device() + (choice.sameModel() ? ", same model" : ""),
              country ->
                  choice.countries().stream()
                      .filter(each -> each.id().equals(country.id()))
                      .map(each -> shares(each))
                      .findFirst()
                      .orElse("")));
    }
    return columns;
  }

  private static String likely(LocalChoice choice, ToDoubleFunction<InCountry> probability) {
    return choice.countries().stream()
            .filter(each -> probability.applyAsDouble(each) > EVEN)
            .count()
        + " of "
        + choice.countries().size();
  }

  private static String shares(InCountry country) {
    return String.format(
        Locale.ROOT, "%.0f / %.0f %%", 100 * country.lawHolds(), 100 * country.localWins());
  }

  private static String interval(Quantity quantity, double times) {
    return Figures.rounded(quantity.median() * times)
        + " ("
        + Figures.rounded(quantity.low() * times)
        + " to "
        + Figures.rounded(quantity.high() * times)
        + ")";
  }
}
