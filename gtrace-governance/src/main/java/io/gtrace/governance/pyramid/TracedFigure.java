package io.gtrace.governance.pyramid;

import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.facts.Facts;
import io.gtrace.ledger.query.LedgerQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A disclosed figure held against the answer to its query.
 *
 * @param figure its name
 * @param whyNot why it cannot be traced; empty if it can
 * @param isCompared whether the ledger gave all of it
 */
record TracedFigure(String figure, Optional<String> whyNot, boolean isCompared) {
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\S*gtrace query\\b.*?([\"'])(SELECT\\b.*)\\1",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern QUESTION =
      Pattern.compile("(SELECT\\b|\\S*gtrace\\b).*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  static TracedFigure of(EvidenceRow row, Facts facts) {
    String figure = row.text("figure");
    String query = row.text("query").strip();
    if (query.isEmpty() || !facts.ledger().sealDigests().contains(row.text("seal"))) {
      return new TracedFigure(
          figure, Optional.of("without a query, or a seal of this ledger"), false);
    }
    if (!QUESTION.matcher(query).matches()) {
      // It comes of evidence, which it names.
      return new TracedFigure(figure, Optional.empty(), false);
    }
    List<Optional<Object>> answer = sql(query).map(sql -> answer(sql, facts)).orElse(List.of());
    if (row.flag("partial") && !answer.isEmpty()) {
      return new TracedFigure(figure, Optional.empty(), false);
    }
    if (answer.size() != 1 || !(answer.get(0).orElse("") instanceof Number number)) {
      return new TracedFigure(
          figure, Optional.of("with a query that this ledger has no single number for"), false);
    }
    return new TracedFigure(
        figure,
        agrees(row.number("value"), number.doubleValue())
            ? Optional.empty()
            : Optional.of("where the query gives another number now"),
        true);
  }

  private static boolean agrees(double disclosed, double answer) {
    double allowed = Limits.constant("6.2", "rounding_percent") / 100;
    return Math.abs(disclosed - answer) <= allowed * Math.abs(answer);
  }

  /** The SELECT in a command for a shell, or the query itself. */
  private static Optional<String> sql(String query) {
    if (query.toUpperCase(Locale.ROOT).startsWith("SELECT")) {
      return Optional.of(query);
    }
    Matcher command = COMMAND.matcher(query);
    return command.matches()
        ? Optional.of(
            command.group(1).equals("'")
                ? command.group(2).replace("'\\''", "'")
                : command.group(2))
        : Optional.empty();
  }

  /** The first values of the answer; none if the query cannot be answered. */
  private static List<Optional<Object>> answer(String sql, Facts facts) {
    List<Optional<Object>> answers = new ArrayList<>();
    try {
      facts
          .ledger()
          .query()
          .sql(
              sql,
              new LedgerQuery.Rows() {
                @Override
                public void columns(List<String> names) {}

                @Override
                public boolean row(List<Optional<Object>> values) {
                  answers.addAll(values);
                  return answers.size() < 2;
                }
              });
    } catch (IllegalArgumentException noQuestion) {
      return List.of();
    }
    return answers;
  }
}
