package io.gtrace.governance.facts;

import io.gtrace.governance.evidence.EvidenceRow;
import io.gtrace.governance.facts.LedgerFacts.Use;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where the register books what the ledger has seen: under which persona, scope and category. */
public record Assignments(List<EvidenceRow> register, List<Use> uses) {
  private static final List<String> COLUMNS = List.of("persona", "scope", "category");

  /**
   * @throws UnknownFactException if there is no register or nothing in the ledger
   */
  public static Assignments of(Facts facts) {
    return new Assignments(facts.rows("register"), facts.ledger().uses());
  }

  /** The same without a register, where everything is unassigned. */
  public static Assignments orNone(Facts facts) {
    return facts.has("register") ? of(facts) : new Assignments(List.of(), facts.ledger().uses());
  }

  /** The rows of the register that are of a use. */
  public Stream<EvidenceRow> rows(Use use) {
    return register.stream()
        .filter(row -> row.text("service").equals(use.service()))
        .filter(row -> row.text("modality").equals(use.modality()));
  }

  /** Its row, if exactly one is of it and says persona, scope and category. */
  public Optional<EvidenceRow> row(Use use) {
    List<EvidenceRow> rows = rows(use).toList();
    return rows.size() == 1 && COLUMNS.stream().noneMatch(each -> rows.get(0).text(each).isEmpty())
        ? Optional.of(rows.get(0))
        : Optional.empty();
  }

  /** Uses that are assigned once, to what is asked for. */
  public List<Use> assigned(Predicate<EvidenceRow> to) {
    return uses.stream().filter(use -> row(use).filter(to).isPresent()).toList();
  }
}
