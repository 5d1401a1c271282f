package io.gtrace.governance.pyramid;

import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.evidence.EvidenceTable;
import io.gtrace.governance.facts.Facts;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.store.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /** What a question may ask. */
  private static final List<String> TABLES =
      List.of("rollup", "events", "priced_events", "batches", "card_row");

  private static final Pattern QUESTION =
      Pattern.compile("(SELECT\\b|\\S*gtrace\\b).*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  static TracedFigure of(EvidenceRow row, Facts facts) {
    String query = row.text("query").strip();
    if (query.isEmpty() || !facts.ledger().sealDigests().contains(row.text("seal"))) {
      return loose(row, "without a query, or a seal of this ledger");
    }
    if (!QUESTION.matcher(query).matches()) {
      return ofEvidence(row, query, facts);
    }
    boolean isPartial = row.flag("partial");
    String sql = sql(query).orElse("");
    List<Optional<Object>> answers = sql.isEmpty() ? List.of() : answers(sql, facts);
    Optional<Double> answer = single(answers);
    if (isPartial ? answers.isEmpty() : answer.isEmpty()) {
      return loose(row, "with a query that this ledger has no single number for");
    }
    if (!restsOnLedger(sql, answers, isPartial, facts)) {
      return loose(row, "with a query whose answer does not rest on the ledger");
    }
    if (isPartial) {
      return new TracedFigure(row.text("figure"), Optional.empty(), false);
    }
    return new TracedFigure(
        row.text("figure"),
        agrees(row.number("value"), answer.orElseThrow())
            ? Optional.empty()
            : Optional.of("where the query gives another number now"),
        true);
  }

  private static TracedFigure loose(EvidenceRow row, String why) {
    return new TracedFigure(row.text("figure"), Optional.of(why), false);
  }

  /** It comes of evidence, which it must name, as it is now where it gives a digest. */
  private static TracedFigure ofEvidence(EvidenceRow row, String named, Facts facts) {
    for (String part : named.split(";", -1)) {
      Optional<EvidenceTable> table =
          facts.evidence().tables().values().stream()
              .filter(each -> part.contains(each.fileName()))
              .findFirst();
      if (table.isEmpty() || !table.get().faults().isEmpty()) {
        return loose(row, "with neither a query nor a faultless table of evidence");
      }
      Matcher digest = DIGEST.matcher(part);
      if (digest.find() && !digest.group().equals(digest(table.get()))) {
        return loose(row, "where the evidence was changed since");
      }
    }
    return new TracedFigure(row.text("figure"), Optional.empty(), false);
  }

  private static String digest(EvidenceTable table) {
    try {
      return Digest.of(Path.of(table.file()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean agrees(double disclosed, double answer) {
    double allowed = Limits.constant("6.2", "rounding_percent") / 100;
    return Math.abs(disclosed - answer) <= allowed * Math.abs(answer);
  }

  /** The SELECT in a command for a shell, or the query itself. */
  private static Optional<String> sql(String query) {
    if (query.toUpperCase(Locale.ROOT).startsWith("SELECT")) {
      return Optional.of(query.replaceAll("[;\\s]+$", ""));
    }
    Matcher command = COMMAND.matcher(query);
    return command.matches()
        ? Optional.of(
            command.group(1).equals("'")
                ? command.group(2).replace("'\\''", "'")
                : command.group(2))
        : Optional.empty();
  }

  /**
   * Whether a ledger with nothing in it would give another answer; a sum, which is what a whole
   * figure is, it gives as well. Zero it would give too, so there it is enough that it is asked.
   */
  private static boolean restsOnLedger(
      String sql, List<Optional<Object>> answers, boolean isPartial, Facts facts) {
    List<String> asked =
        TABLES.stream()
            .filter(table ->
                Pattern.compile("\\b" + table + "\\b", Pattern.CASE_INSENSITIVE)
                    .matcher(sql)
                    .find())
            .toList();
    if (asked.isEmpty() || single(answers).filter(each -> each == 0).isPresent()) {
      return !asked.isEmpty();
    }
    String emptied =
        asked.stream()
            .map(table -> table + " AS (SELECT * FROM main." + table + " WHERE false)")
            .collect(Collectors.joining(", ", "WITH ", " SELECT * FROM (\n"));
    List<Optional<Object>> ofNothing = answers(emptied + sql + "\n)", facts);
    return !ofNothing.equals(answers) && (isPartial || ofNothing.size() == 1);
  }

  /** The number that answers, if it is one and nothing else. */
  private static Optional<Double> single(List<Optional<Object>> answers) {
    return answers.size() == 1
        ? answers.get(0).filter(Number.class::isInstance).map(each -> ((Number) each).doubleValue())
        : Optional.empty();
  }

  /** The first values of the answer; none if the query cannot be answered. */
  private static List<Optional<Object>> answers(String sql, Facts facts) {
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
