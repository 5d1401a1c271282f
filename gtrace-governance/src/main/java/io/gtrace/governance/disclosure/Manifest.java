package io.gtrace.governance.disclosure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All numbers of some forms with where they come from, as the evidence table {@code figures} takes
 * them.
 */
public record Manifest(List<Line> lines) {
  /** Accounts of electricity and hardware, which are what sums must not mix. */
  private static final Set<Account> CARBON =
      Set.of(
          Account.LOCATION_BASED, Account.MARKET_BASED, Account.HOURLY_MATCHED, Account.EMBODIED);

  /** Columns of the table. */
  public static final List<String> COLUMNS =
      List.of("figure", "value", "unit", "query", "seal", "accounts", "netted_kg", "partial");

  /**
   * @param query empty for what only the profile states
   * @param isPartial whether the query gives only what the ledger contributes
   */
  public record Line(
      String figure,
      double value,
      String unit,
      String query,
      String seal,
      String accounts,
      boolean isPartial) {
    /** As cells in the order of {@link #COLUMNS}; nothing is ever taken off a figure. */
    public List<String> cells() {
      return List.of(
          figure,
          Double.toString(value),
          unit,
          query,
          seal,
          accounts,
          "0",
          isPartial ? "yes" : "no");
    }
  }

  public Manifest {
    lines = List.copyOf(lines);
  }

  /**
   * @param ledger folder that the questions are put to
   */
  public static Manifest of(List<Form> forms, Path ledger) {
    List<Line> lines = new ArrayList<>();
    for (Form form : forms) {
      for (Entry entry : form.entries()) {
        for (Answer answer : entry.answers()) {
          String figure =
              form.standard().id()
                  + "/"
                  + entry.field().id()
                  + (answer.key().isEmpty() ? "" : "/" + answer.key());
          answer.number().ifPresent(value -> lines.add(line(figure, entry, answer, value, ledger)));
        }
      }
    }
    return new Manifest(lines);
  }

  private static Line line(String figure, Entry entry, Answer answer, double value, Path ledger) {
    if (answer instanceof Answer.Computed computed) {
      Figure of = computed.figure();
      return new Line(
          figure,
          value,
          of.unit().symbol(),
          of.trace().question(ledger),
          of.trace().seal(),
          of.accounts().stream()
              .filter(CARBON::contains)
              .map(Account::label)
              .sorted()
              .collect(Collectors.joining("+")),
          !of.trace().isWhole());
    }
    String unit = entry.field().unit().map(UnitOfMeasure::symbol).orElse("");
    return new Line(figure, value, unit, "", "", "", false);
  }
}
