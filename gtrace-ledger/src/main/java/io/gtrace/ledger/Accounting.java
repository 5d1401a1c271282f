package io.gtrace.ledger;

import io.gtrace.trace.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading usage.
 *
 * @param account what was accounted
 * @param savings priced alternatives that would have lowered its carbon, largest first
 * @param sources where its factors come from
 * @param refusals some of what was not: files that are not whole, then the first few rows
 * @param quarantine the file that keeps all of those; empty if there are none
 * @param quarantineRemark why that file has another name than was asked for; empty if it has not
 */
public record Accounting(
    Account account,
    List<Saving> savings,
    List<Provenance> sources,
    List<Refusal> refusals,
    Optional<Path> quarantine,
    String quarantineRemark) {
  public Accounting {
    savings = List.copyOf(savings);
    sources = List.copyOf(sources);
    refusals = List.copyOf(refusals);
  }
}
