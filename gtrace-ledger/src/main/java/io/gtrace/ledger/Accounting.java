package io.gtrace.ledger;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading usage.
 *
 * @param account what was accounted
 * @param refusals the first few rows that were not
 * @param quarantine the file that keeps all of those; empty if there are none
 */
public record Accounting(Account account, List<Refusal> refusals, Optional<Path> quarantine) {
  public Accounting {
    refusals = List.copyOf(refusals);
  }
}
