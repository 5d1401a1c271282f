package io.gtrace.governance.disclosure;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a figure comes from.
 *
 * @param formula how it is computed, in words
 * @param sql the question to the ledger; empty where the ledger was not asked
 * @param isWhole whether the answer to that question is the figure itself; else it is what the
 *     ledger contributes
 * @param evidence file, line and digest of each piece of evidence in it
 * @param factorSets digests of the factors that price the period; empty where no ledger was asked
 * @param seal digest of the newest seal of the ledger when it was asked
 */
public record FigureTrace(
    String formula,
    Optional<String> sql,
    boolean isWhole,
    List<String> evidence,
    List<String> factorSets,
    String seal) {

  public FigureTrace {
    evidence = List.copyOf(evidence);
    factorSets = List.copyOf(factorSets);
  }

  /** The same with the answer multiplied. */
  FigureTrace times(double factor) {
    return factor == 1
        ? this
        : new FigureTrace(
            formula,
            sql.map(query ->
                isWhole ? "SELECT " + RollupSql.number(factor) + " * (" + query + ")" : query),
            isWhole,
            evidence,
            factorSets,
            seal);
  }

  /** The command that asks, for a shell; empty where the ledger was not asked. */
  public Optional<String> command(Path ledger) {
    return sql.map(query ->
        "gtrace query --ledger "
            + ShellWord.quoted(ledger.toString())
            + " --format csv "
            + ShellWord.quoted(query));
  }

  /** The command, or else the evidence. */
  public String question(Path ledger) {
    return command(ledger).orElseGet(() -> String.join("; ", evidence));
  }
}
